import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const peopleQueries = {
  list: () => queryOptions({ queryKey: ["people"], queryFn: ({ signal }) => callApi(API.listPeople, { signal }) }),
};
