import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const linkQueries = {
  all: () => ["enrollment-links"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["enrollment-links", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listLinks, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  detail: (id: string) =>
    queryOptions({ queryKey: ["enrollment-links", "detail", id], queryFn: ({ signal }) => callApi(API.getLink, { params: { id }, signal }) }),
  devices: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["enrollment-links", "devices", id],
      queryFn: ({ pageParam, signal }) => callApi(API.listLinkDevices, { params: { id }, query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  events: (id: string) =>
    infiniteQueryOptions({
      queryKey: ["enrollment-links", "events", id],
      queryFn: ({ pageParam, signal }) => callApi(API.listLinkEvents, { params: { id }, query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
