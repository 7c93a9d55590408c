import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toLinkDto } from "@/lib/http/link-dto";

/** GET /api/v1/enrollment-links */
export const GET = adminRoute({ operation: API.listLinks, permission: "link:read" }, async ({ query, services }) => {
  const page = await services.links.listLinks(query);
  return { ...page, items: page.items.map(toLinkDto) };
});

/** POST /api/v1/enrollment-links */
export const POST = adminRoute({ operation: API.createLink, permission: "link:write" }, async ({ body, actor, services }) =>
  toLinkDto(await services.links.createLink(body, actor.label)),
);
