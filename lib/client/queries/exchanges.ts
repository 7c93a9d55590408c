import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { ExchangeSelection } from "@/lib/contracts/exchanges";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** An exchange makes no event, so an inspector in sight looks again at this pace. */
const POLL_MS = 4_000;

export const exchangeQueries = {
  ofDevice: (deviceId: string, show: ExchangeSelection) =>
    infiniteQueryOptions({
      queryKey: ["exchanges", deviceId, show],
      queryFn: ({ pageParam, signal }) => callApi(API.listExchanges, { params: { id: deviceId }, query: { show, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: POLL_MS,
    }),
  /** Written once and never changed. */
  detail: (deviceId: string, exchangeId: string) =>
    queryOptions({
      queryKey: ["exchanges", deviceId, "detail", exchangeId],
      queryFn: ({ signal }) => callApi(API.getExchange, { params: { id: deviceId, exchangeId }, signal }),
      staleTime: Infinity,
    }),
};
