import type { ChangeMembersBody } from "@/lib/contracts/groups";
import * as declarations from "@/lib/declarations/refresh-schedule";
import * as groups from "@/lib/devices/group-service";
import type { Executor } from "@/lib/db/database";
import type { GroupRow } from "@/lib/devices/group-store";
import * as profiles from "@/lib/profiles/refresh-schedule";

/** As in lib/devices; devices that came or went get other declarations and profiles. @throws MusterError not-found, invalid-input */
export async function changeGroupMembers(id: string, body: ChangeMembersBody, actor: string): Promise<GroupRow> {
  return groups.changeMembers(id, body, actor, refreshMembers);
}

/** @throws MusterError not-found */
export async function deleteGroup(id: string, actor: string): Promise<GroupRow> {
  return groups.deleteGroup(id, actor, refreshMembers);
}

/** A device joins the group of its link; a group that was deleted meanwhile is none to join. */
export async function joinGroup(tx: Executor, groupId: string, deviceId: string): Promise<void> {
  if (await groups.addMember(tx, groupId, deviceId)) await refreshMembers(tx, groupId, [deviceId]);
}

/** An enrollment was completed, or came back: what its device's groups assign to it is looked at anew. */
export async function startAssigned(tx: Executor, enrollment: { id: string }): Promise<void> {
  await declarations.startDeclarative(tx, enrollment);
  await profiles.startProfiles(tx, enrollment);
}

async function refreshMembers(tx: Executor, groupId: string, deviceIds: string[] | null): Promise<void> {
  await declarations.refreshMembers(tx, groupId, deviceIds);
  await profiles.refreshMembers(tx, groupId, deviceIds);
}
