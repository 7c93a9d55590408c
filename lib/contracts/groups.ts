import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { deviceFilter } from "./device-filter";

export const deviceGroup = z.object({
  id: z.uuid(),
  name: z.string(),
  members: z.number().int(),
  createdAt: instant,
  createdBy: z.string(),
});
export type DeviceGroupDto = z.infer<typeof deviceGroup>;
export const deviceGroupList = listOf(deviceGroup);
export type DeviceGroupList = z.infer<typeof deviceGroupList>;
export const groupListQuery = listQuery.extend({ query: z.string().max(200).optional() });

export const createGroupBody = z.object({ name: z.string().trim().min(1).max(100) });
export type CreateGroupBody = z.input<typeof createGroupBody>;

/** `addMatching`: every device that matches at this moment. */
export const changeMembersBody = z.object({ addMatching: deviceFilter.optional(), add: z.array(z.uuid()).max(10_000).optional(), remove: z.array(z.uuid()).max(10_000).optional() });
export type ChangeMembersBody = z.input<typeof changeMembersBody>;
