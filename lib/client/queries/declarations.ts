import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** Status reports come without an event of their own. */
const REPORT_POLL_MS = 20_000;

export const declarationQueries = {
  all: () => ["declarations"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["declarations", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listDeclarations, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  ofGroup: (groupId: string) =>
    infiniteQueryOptions({
      queryKey: ["declarations", "of-group", groupId],
      queryFn: ({ pageParam, signal }) => callApi(API.listDeclarations, { query: { groupId, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  detail: (id: string) =>
    queryOptions({ queryKey: ["declarations", "detail", id], queryFn: ({ signal }) => callApi(API.getDeclaration, { params: { id }, signal }) }),
  ofDevice: (deviceId: string) =>
    queryOptions({
      queryKey: ["declarations", "device", deviceId],
      queryFn: ({ signal }) => callApi(API.getDeviceDeclarations, { params: { id: deviceId }, signal }),
      refetchInterval: REPORT_POLL_MS,
    }),
};
