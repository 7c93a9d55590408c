import { infiniteQueryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export interface EventFilters {
  /** One kind, or several separated by commas; one that ends with a dot stands for all that begin so. */
  kind?: string | undefined;
}

export const eventQueries = {
  allOfDevice: (deviceId: string) => ["events", "device", deviceId] as const,
  ofDevice: (deviceId: string, filters: EventFilters = {}) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.allOfDevice(deviceId), filters],
      queryFn: ({ pageParam, signal }) =>
        callApi(API.listDeviceEvents, { params: { id: deviceId }, query: { ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  activities: () => ["events", "activity"] as const,
  activity: (filters: EventFilters) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.activities(), filters],
      queryFn: ({ pageParam, signal }) => callApi(API.listActivity, { query: { ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  audits: () => ["events", "audit"] as const,
  audit: (filters: EventFilters) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.audits(), filters],
      queryFn: ({ pageParam, signal }) => callApi(API.listAuditEvents, { query: { ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
