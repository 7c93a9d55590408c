import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toGroupDto } from "@/lib/http/group-dto";

/** GET /api/v1/groups/{id} */
export const GET = adminRoute({ operation: API.getGroup, permission: "device:read" }, async ({ params, services }) =>
  toGroupDto(await services.groups.readGroup(params.id)),
);

/** DELETE /api/v1/groups/{id}: its devices stay. */
export const DELETE = adminRoute({ operation: API.deleteGroup, permission: "group:write" }, async ({ params, actor, services }) =>
  toGroupDto(await services.groupChanges.deleteGroup(params.id, actor.label)),
);
