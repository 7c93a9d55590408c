import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const overviewQueries = {
  numbers: () => queryOptions({ queryKey: ["overview"], queryFn: ({ signal }) => callApi(API.overview, { signal }), refetchInterval: 60_000 }),
};
