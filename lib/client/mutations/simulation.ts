"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { Simulation, StartSimulationBody } from "@/lib/contracts/simulation";
import { callApi } from "../call-api";
import { readinessQueries } from "../queries/readiness";
import { useOnce } from "./use-once";

export function useStartSimulation() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: StartSimulationBody) => once((idempotencyKey) => callApi(API.startSimulation, { body, idempotencyKey })),
    onSuccess: (simulation: Simulation) => client.setQueryData(readinessQueries.simulation().queryKey, simulation),
  });
}

/** Every list may have shown one of them. */
export function useRemoveSimulation() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => callApi(API.removeSimulation, {}),
    onSuccess: () => client.invalidateQueries(),
  });
}
