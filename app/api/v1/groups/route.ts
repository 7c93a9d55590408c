import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toGroupDto } from "@/lib/http/group-dto";

/** GET /api/v1/groups */
export const GET = adminRoute({ operation: API.listGroups, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.groups.listGroups(query);
  return { ...page, items: page.items.map(toGroupDto) };
});

/** POST /api/v1/groups */
export const POST = adminRoute({ operation: API.createGroup, permission: "group:write" }, async ({ body, actor, services }) =>
  toGroupDto(await services.groups.createGroup(body, actor.label)),
);
