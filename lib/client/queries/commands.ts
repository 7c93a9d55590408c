import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { COMMAND_STATES, type CommandState } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

/** Live events carry the changes; this only covers a stream that is down. */
const FALLBACK_POLL_MS = 20_000;

export interface CommandFilters {
  state?: CommandState | undefined;
  /** One channel in one of its lives. */
  enrollmentId?: string | undefined;
}

export const commandQueries = {
  lists: (deviceId: string) => ["commands", "list", deviceId] as const,
  ofDevice: (deviceId: string, { state, enrollmentId }: CommandFilters = {}) =>
    infiniteQueryOptions({
      queryKey: [...commandQueries.lists(deviceId), state ?? null, enrollmentId ?? null],
      queryFn: ({ pageParam, signal }) =>
        callApi(API.listDeviceCommands, { params: { id: deviceId }, query: { state, enrollmentId, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: FALLBACK_POLL_MS,
    }),
  fleet: () => ["commands", "fleet"] as const,
  ofFleet: (state: CommandState | undefined) =>
    infiniteQueryOptions({
      queryKey: [...commandQueries.fleet(), state ?? null],
      queryFn: ({ pageParam, signal }) => callApi(API.listCommands, { query: { state, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
      refetchInterval: FALLBACK_POLL_MS,
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: ["commands", "detail", id],
      queryFn: ({ signal }) => callApi(API.getCommand, { params: { id }, signal }),
      refetchInterval: (query) => {
        const state = query.state.data?.state;
        return state !== undefined && COMMAND_STATES[state].ended ? false : FALLBACK_POLL_MS;
      },
    }),
};
