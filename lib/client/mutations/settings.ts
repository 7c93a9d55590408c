"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { ChangeSettingsBody } from "@/lib/contracts/settings";
import { callApi } from "../call-api";
import { settingsQueries } from "../queries/settings";

export function useChangeSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangeSettingsBody) => callApi(API.changeSettings, { body }),
    onSuccess: (settings) => client.setQueryData(settingsQueries.all().queryKey, settings),
  });
}
