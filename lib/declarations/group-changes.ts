import type { ChangeMembersBody } from "@/lib/contracts/groups";
import * as groups from "@/lib/devices/group-service";
import type { Executor } from "@/lib/db/database";
import type { GroupRow } from "@/lib/devices/group-store";
import { refreshMembers } from "./refresh-schedule";

/** As in lib/devices; devices that came or went are told of their declarations. @throws MusterError not-found, invalid-input */
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
