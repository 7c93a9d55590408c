"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { API } from "../api";
import type { ChangePasswordBody, ChangePersonBody, ChoosePasswordBody, CreatePersonBody } from "@/lib/contracts/people";
import { callApi } from "../call-api";
import { peopleQueries } from "../queries/people";
import { useOnce } from "./use-once";

export function useCreatePerson() {
  const client = useQueryClient();
  const once = useOnce();
  return useMutation({
    mutationFn: (body: CreatePersonBody) => once((idempotencyKey) => callApi(API.createPerson, { body, idempotencyKey })),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQueries.list().queryKey }),
  });
}

export function useChangePerson(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePersonBody) => callApi(API.changePerson, { params: { id }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: peopleQueries.list().queryKey }),
  });
}

export function useMakePasswordLink(id: string) {
  return useMutation({ mutationFn: () => callApi(API.makePasswordLink, { params: { id } }) });
}

/** With a one-time link; nobody has to be signed in. */
export function useChoosePassword() {
  return useMutation({ mutationFn: (body: ChoosePasswordBody) => callApi(API.choosePassword, { body }) });
}

export function useChangePassword() {
  return useMutation({ mutationFn: (body: ChangePasswordBody) => callApi(API.changePassword, { body }) });
}
