import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { ReviewBody } from "@/lib/contracts/device-actions";
import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** Which devices a list shows, and in which order. */
export interface DeviceView {
  filter: DeviceFilter;
  sort: DeviceOrder;
}

/** A contact that changes nothing makes no event, so "last contact" is read again at this pace. */
export const CONTACT_POLL_MS = 30_000;

export const deviceQueries = {
  lists: () => ["devices", "list"] as const,
  list: (filter: DeviceFilter) =>
    infiniteQueryOptions({
      queryKey: [...deviceQueries.lists(), filter],
      queryFn: ({ pageParam, signal }) => callApi(API.listDevices, { query: { ...filter, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: CONTACT_POLL_MS,
    }),
  /** The rows of the device page. They keep their places: useLiveRows tells what has changed in them. */
  table: ({ filter, sort }: DeviceView) =>
    infiniteQueryOptions({
      queryKey: ["devices", "table", filter, sort],
      queryFn: ({ pageParam, signal }) => callApi(API.listDevices, { query: { ...filter, sort, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchOnWindowFocus: false,
    }),
  /** The first few that a text finds. */
  search: (query: string) =>
    queryOptions({ queryKey: [...deviceQueries.lists(), "search", query], queryFn: ({ signal }) => callApi(API.listDevices, { query: { query, limit: 8 }, signal }), staleTime: 10_000 }),
  /** What these devices are called: as many as one page holds. */
  named: (ids: readonly string[]) =>
    queryOptions({
      queryKey: ["devices", "named", ...ids],
      queryFn: ({ signal }) => callApi(API.listDevices, { query: { ids: ids.join(","), limit: ids.length }, signal }),
      enabled: ids.length > 0,
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
  reviews: () => ["devices", "review"] as const,
  /** Who could take it at this moment; read anew each time it is asked. */
  review: (body: ReviewBody) =>
    queryOptions({ queryKey: [...deviceQueries.reviews(), body], queryFn: ({ signal }) => callApi(API.reviewDevices, { body, signal }), gcTime: 0, staleTime: 0, refetchOnWindowFocus: false }),
};
