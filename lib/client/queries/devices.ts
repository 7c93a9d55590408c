import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import type { DeviceListQuery } from "@/lib/contracts/devices";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export type DeviceFilters = Pick<DeviceListQuery, "query" | "state" | "platform">;

/** A contact that changes nothing makes no event, so "last contact" is read again at this pace. */
const CONTACT_POLL_MS = 30_000;

export const deviceQueries = {
  all: () => ["devices"] as const,
  lists: () => ["devices", "list"] as const,
  list: (filters: DeviceFilters) =>
    infiniteQueryOptions({
      queryKey: [...deviceQueries.lists(), filters],
      queryFn: ({ pageParam, signal }) => callApi(API.listDevices, { query: { ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: CONTACT_POLL_MS,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: ["devices", "detail", id],
      queryFn: ({ signal }) => callApi(API.getDevice, { params: { id }, signal }),
      refetchInterval: CONTACT_POLL_MS,
    }),
  pushes: () => ["devices", "push"] as const,
  push: (id: string) =>
    queryOptions({
      queryKey: [...deviceQueries.pushes(), id],
      queryFn: ({ signal }) => callApi(API.getDevicePush, { params: { id }, signal }),
      refetchInterval: CONTACT_POLL_MS,
    }),
  /** Below the detail, so that what makes one stale makes both. */
  certificates: (id: string) =>
    queryOptions({
      queryKey: [...deviceQueries.detail(id).queryKey, "certificates"],
      queryFn: ({ signal }) => callApi(API.listDeviceCertificates, { params: { id }, signal }),
    }),
  terminationOptions: (id: string) =>
    queryOptions({
      queryKey: [...deviceQueries.detail(id).queryKey, "termination-options"],
      queryFn: ({ signal }) => callApi(API.getTerminationOptions, { params: { id }, signal }),
    }),
};
