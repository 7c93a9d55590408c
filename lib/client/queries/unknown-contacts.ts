import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

export const contactQueries = {
  list: () =>
    queryOptions({
      queryKey: ["unknown-contacts"],
      queryFn: ({ signal }) => callApi(API.listUnknownContacts, { signal }),
      refetchInterval: 30_000,
    }),
};
