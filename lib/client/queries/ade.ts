import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { AdeDeviceFilter } from "@/lib/contracts/ade";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const adeQueries = {
  all: () => ["ade"] as const,
  servers: () => queryOptions({ queryKey: ["ade", "servers"], queryFn: ({ signal }) => callApi(API.listAdeServers, { signal }) }),
  configurations: () => queryOptions({ queryKey: ["ade", "configurations"], queryFn: ({ signal }) => callApi(API.listAdeConfigurations, { signal }) }),
  devices: (filter: AdeDeviceFilter) =>
    infiniteQueryOptions({
      queryKey: ["ade", "devices", filter],
      queryFn: ({ pageParam, signal }) => callApi(API.listAdeDevices, { query: { ...filter, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
