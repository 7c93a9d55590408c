import { queryOptions } from "@tanstack/react-query";
import { API } from "@/lib/contracts/api";
import { callApi } from "../call-api";

export const pushCertificateQueries = {
  list: () => queryOptions({ queryKey: ["push-certificates"], queryFn: ({ signal }) => callApi(API.listPushCertificates, { signal }) }),
};
