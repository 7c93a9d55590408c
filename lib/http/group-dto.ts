import type { DeviceGroupDto } from "@/lib/contracts/groups";
import type { GroupRow } from "@/lib/devices/group-store";

export function toGroupDto(row: GroupRow): DeviceGroupDto {
  return { id: row.id, name: row.name, members: row.members, createdAt: row.createdAt.toISOString(), createdBy: row.createdBy };
}
