import { queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import { callApi } from "../call-api";

const ALL = ["push-certificates"];

export const pushCertificateQueries = {
  all: () => ALL,
  list: () => queryOptions({ queryKey: [...ALL, "list"], queryFn: ({ signal }) => callApi(API.listPushCertificates, { signal }), staleTime: 60_000 }),
  requests: () => queryOptions({ queryKey: [...ALL, "requests"], queryFn: ({ signal }) => callApi(API.listPushCertificateRequests, { signal }) }),
  vendor: () => queryOptions({ queryKey: [...ALL, "vendor"], queryFn: ({ signal }) => callApi(API.getVendorCertificate, { signal }) }),
};
