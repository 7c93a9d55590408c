import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const savedViewQueries = {
  list: () => queryOptions({ queryKey: ["saved-views"], queryFn: ({ signal }) => callApi(API.listSavedViews, { signal }), refetchInterval: 30_000 }),
};
