import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const accountDrivenQueries = {
  all: () => ["account-driven"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["account-driven", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listAccountConfigurations, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  detail: (id: string) =>
    queryOptions({ queryKey: ["account-driven", "detail", id], queryFn: ({ signal }) => callApi(API.getAccountConfiguration, { params: { id }, signal }) }),
  tokens: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["account-driven", "tokens", id],
      queryFn: ({ pageParam, signal }) => callApi(API.listAccountTokens, { params: { id }, query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
