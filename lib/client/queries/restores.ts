import { infiniteQueryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { RestoreState } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const restoreQueries = {
  all: () => ["restores"] as const,
  list: (state: RestoreState | undefined) =>
    infiniteQueryOptions({
      queryKey: ["restores", "list", state ?? "all"],
      queryFn: ({ pageParam, signal }) => callApi(API.listRestores, { query: { state, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
