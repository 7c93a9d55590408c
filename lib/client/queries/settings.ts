import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const settingsQueries = {
  all: () => queryOptions({ queryKey: ["settings"], queryFn: ({ signal }) => callApi(API.getSettings, { signal }) }),
};
