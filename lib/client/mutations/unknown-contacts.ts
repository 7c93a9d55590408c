"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { contactQueries } from "../queries/unknown-contacts";

/** Takes an unknown contact in by the fingerprint that was read. */
export function useAdoptContact(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fingerprint: string) => callApi(API.adoptContact, { params: { id }, body: { fingerprint } }),
    onSuccess: () => client.invalidateQueries({ queryKey: contactQueries.list().queryKey }),
  });
}
