import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { CommandState } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** Live events carry the changes; this only covers a stream that is down. */
const FALLBACK_POLL_MS = 20_000;

export const batchQueries = {
  all: () => ["batches"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["batches", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listBatches, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: FALLBACK_POLL_MS,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: ["batches", "detail", id],
      queryFn: ({ signal }) => callApi(API.getBatch, { params: { id }, signal }),
      refetchInterval: FALLBACK_POLL_MS,
    }),
  commands: (id: string, state?: CommandState) =>
    infiniteQueryOptions({
      queryKey: ["batches", "commands", id, state ?? null],
      queryFn: ({ pageParam, signal }) => callApi(API.listBatchCommands, { params: { id }, query: { state, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: FALLBACK_POLL_MS,
    }),
};
