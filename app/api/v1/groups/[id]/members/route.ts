import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceSummary } from "@/lib/http/device-dto";
import { toGroupDto } from "@/lib/http/group-dto";

/** GET /api/v1/groups/{id}/members */
export const GET = adminRoute({ operation: API.listGroupMembers, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.groups.listMembers(params.id, query);
  return { ...page, items: page.items.map(toDeviceSummary) };
});

/** POST /api/v1/groups/{id}/members */
export const POST = adminRoute({ operation: API.changeGroupMembers, permission: "group:write" }, async ({ params, body, actor, services }) =>
  toGroupDto(await services.groupChanges.changeGroupMembers(params.id, body, actor.label)),
);
