import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const readinessQueries = {
  /** Looked at anew each time it is asked for; takes seconds behind a bad proxy. */
  checks: () => queryOptions({ queryKey: ["readiness"], queryFn: ({ signal }) => callApi(API.getReadiness, { signal }), staleTime: 30_000 }),
  simulation: () =>
    queryOptions({
      queryKey: ["simulation"],
      queryFn: ({ signal }) => callApi(API.getSimulation, { signal }),
      // What the simulator says is no event.
      refetchInterval: ({ state }) => (state.data?.running === true ? 3_000 : false),
    }),
};
