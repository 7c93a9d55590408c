"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { batchQueries } from "../queries/batches";

/** Takes back what was just sent, to one device or to many. `mayStillRun`: some device already had it. */
export function useUndo({ kind, id }: { kind: "command" | "batch"; id: string }) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<{ mayStillRun: boolean }> => {
      if (kind === "command") return callApi(API.cancelCommand, { params: { id } });
      const { mayStillRun } = await callApi(API.cancelBatch, { params: { id } });
      return { mayStillRun: mayStillRun > 0 };
    },
    onSuccess: async () => {
      await Promise.all([client.invalidateQueries({ queryKey: ["commands"] }), client.invalidateQueries({ queryKey: batchQueries.all() })]);
    },
  });
}
