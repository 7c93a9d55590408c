import { infiniteQueryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { AdmissionState } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const admissionQueries = {
  all: () => ["admissions"] as const,
  list: (state: AdmissionState | undefined) =>
    infiniteQueryOptions({
      queryKey: ["admissions", "list", state ?? "all"],
      queryFn: ({ pageParam, signal }) => callApi(API.listAdmissions, { query: { state, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
};
