import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** Which identities are looked at: all of them, or those whose renewal is under way or does not get on. */
export type IdentityView = "all" | "open" | "stuck";

export const identityQueries = {
  all: () => ["identities"] as const,
  authorities: () => queryOptions({ queryKey: ["identities", "authorities"], queryFn: ({ signal }) => callApi(API.listAuthorities, { signal }) }),
  ofDevice: (deviceId: string) => queryOptions({ queryKey: ["identities", "device", deviceId], queryFn: ({ signal }) => callApi(API.listIdentities, { query: { deviceId, limit: 1 }, signal }) }),
  list: (view: IdentityView) =>
    infiniteQueryOptions({
      queryKey: ["identities", "list", view],
      queryFn: ({ pageParam, signal }) =>
        callApi(API.listIdentities, { query: { cursor: pageParam, limit: PAGE_SIZE, ...(view === "all" ? {} : { renewal: view }) }, signal }),
      ...nextPage,
    }),
};
