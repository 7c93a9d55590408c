import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { API } from "../api";
import type { ProfileState } from "@/lib/contracts/words";
import { callApi } from "../call-api";
import { nextPage, PAGE_SIZE } from "./pages";

export const profileQueries = {
  all: () => ["profiles"] as const,
  list: () =>
    infiniteQueryOptions({
      queryKey: ["profiles", "list"],
      queryFn: ({ pageParam, signal }) => callApi(API.listProfiles, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  ofGroup: (groupId: string) =>
    infiniteQueryOptions({
      queryKey: ["profiles", "of-group", groupId],
      queryFn: ({ pageParam, signal }) => callApi(API.listProfiles, { query: { groupId, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  detail: (id: string) => queryOptions({ queryKey: ["profiles", "detail", id], queryFn: ({ signal }) => callApi(API.getProfile, { params: { id }, signal }) }),
  versions: (id: string) => queryOptions({ queryKey: ["profiles", "versions", id], queryFn: ({ signal }) => callApi(API.listProfileVersions, { params: { id }, signal }) }),
  preview: (id: string, number: number, deviceId: string | undefined) =>
    queryOptions({
      queryKey: ["profiles", "preview", id, number, deviceId ?? null],
      queryFn: ({ signal }) => callApi(API.previewProfile, { params: { id, number }, query: { deviceId }, signal }),
    }),
  devices: (id: string, state: ProfileState | undefined) =>
    infiniteQueryOptions({
      queryKey: ["profiles", "devices", id, state ?? null],
      queryFn: ({ pageParam, signal }) => callApi(API.listProfileDevices, { params: { id }, query: { state, cursor: pageParam, limit: PAGE_SIZE }, signal }),
      ...nextPage,
    }),
  ofDevice: (deviceId: string) =>
    queryOptions({ queryKey: ["profiles", "of-device", deviceId], queryFn: ({ signal }) => callApi(API.listDeviceProfiles, { params: { id: deviceId }, signal }) }),
};
