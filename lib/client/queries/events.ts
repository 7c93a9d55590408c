import { infiniteQueryOptions } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export interface AuditFilters {
  kind?: string | undefined;
}

export const eventQueries = {
  ofDevice: (deviceId: string) =>
    infiniteQueryOptions({
      queryKey: ["events", "device", deviceId],
      queryFn: ({ pageParam, signal }) =>
        callApi(API.listDeviceEvents, { params: { id: deviceId }, query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  audits: () => ["events", "audit"] as const,
  audit: (filters: AuditFilters) =>
    infiniteQueryOptions({
      queryKey: [...eventQueries.audits(), filters],
      queryFn: ({ pageParam, signal }) => callApi(API.listAuditEvents, { query: { ...filters, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
