import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

const MOST_CHOICES = 200;

export const groupQueries = {
  all: () => ["groups"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["groups", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listGroups, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  /** To choose from: as many as one page can hold. */
  choices: () => queryOptions({ queryKey: ["groups", "choices"], queryFn: ({ signal }) => callApi(API.listGroups, { query: { limit: MOST_CHOICES }, signal }) }),
  detail: (id: string) => queryOptions({ queryKey: ["groups", "detail", id], queryFn: ({ signal }) => callApi(API.getGroup, { params: { id }, signal }) }),
  members: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["groups", "members", id],
      queryFn: ({ pageParam, signal }) => callApi(API.listGroupMembers, { params: { id }, query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
