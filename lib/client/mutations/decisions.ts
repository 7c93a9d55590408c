"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { DecideAdmissionsBody } from "@/lib/contracts/admissions";
import type { DecideRestoresBody } from "@/lib/contracts/restores";
import { callApi } from "../call-api";
import { admissionQueries } from "../queries/admissions";
import { restoreQueries } from "../queries/restores";

/** Lets devices in or refuses them. */
export function useDecideAdmissions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DecideAdmissionsBody) => callApi(API.decideAdmissions, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: admissionQueries.all() }),
  });
}

/** Accepts or rejects devices that came back from a backup. */
export function useDecideRestores() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DecideRestoresBody) => callApi(API.decideRestores, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: restoreQueries.all() }),
  });
}
