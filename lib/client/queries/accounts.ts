import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const accountQueries = {
  /** Who is signed in; changes only by signing in again. */
  me: () => queryOptions({ queryKey: ["me"], queryFn: ({ signal }) => callApi(API.me, { signal }), staleTime: 5 * 60_000 }),
  apiTokens: () => queryOptions({ queryKey: ["api-tokens"], queryFn: ({ signal }) => callApi(API.listApiTokens, { signal }) }),
};
