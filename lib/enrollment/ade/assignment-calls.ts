import type { z } from "zod";
import { account, devicePage, profileAssigned, profileDefined, type AccountAnswer, type DevicePage, type ProfileAssigned } from "@/lib/protocol/ade/assignment-answers";
import type { ServerToken } from "@/lib/protocol/ade/server-token";
import { askAssignmentService, type AssignmentRequest } from "./assignment-client";
import { AssignmentError } from "./assignment-error";

/** As many as Apple gives, and takes, at once. */
export const MOST_DEVICES = 1_000;

export function readAccount(token: ServerToken): Promise<AccountAnswer> {
  return ask(token, { method: "GET", path: "/account" }, account);
}

/** All devices, from the beginning or from a cursor. */
export function fetchDevices(token: ServerToken, cursor: string | null): Promise<DevicePage> {
  return ask(token, { method: "POST", path: "/server/devices", body: { limit: MOST_DEVICES, ...(cursor === null ? {} : { cursor }) } }, devicePage);
}

/** What has changed since a cursor, which holds for seven days. */
export function syncDevices(token: ServerToken, cursor: string): Promise<DevicePage> {
  return ask(token, { method: "POST", path: "/devices/sync", body: { limit: MOST_DEVICES, cursor } }, devicePage);
}

/** Answers the identifier under which Apple keeps the profile. It cannot be changed there. */
export async function defineProfile(token: ServerToken, profile: object): Promise<string> {
  return (await ask(token, { method: "POST", path: "/profile", body: profile }, profileDefined)).profile_uuid;
}

export function assignProfile(token: ServerToken, profileUuid: string, serials: readonly string[]): Promise<ProfileAssigned> {
  return ask(token, { method: "PUT", path: "/profile/devices", body: { profile_uuid: profileUuid, devices: serials } }, profileAssigned);
}

/** Takes effect when the device is set up next; management that runs is left alone. */
export function removeProfile(token: ServerToken, serials: readonly string[]): Promise<ProfileAssigned> {
  return ask(token, { method: "DELETE", path: "/profile/devices", body: { devices: serials } }, profileAssigned);
}

async function ask<T extends z.ZodType>(token: ServerToken, request: AssignmentRequest, answer: T): Promise<z.output<T>> {
  const parsed = answer.safeParse(await askAssignmentService(token, request));
  if (!parsed.success) throw new AssignmentError("service-error", `the answer to ${request.path} is not what Apple describes`);
  return parsed.data;
}
