import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toLinkDetail, toLinkDto } from "@/lib/http/link-dto";

/** GET /api/v1/enrollment-links/{id} */
export const GET = adminRoute({ operation: API.getLink, permission: "link:read" }, async ({ params, services }) =>
  toLinkDetail(await services.links.readLinkDetail(params.id)),
);

/** DELETE /api/v1/enrollment-links/{id}: revokes it; what was issued through it stays. */
export const DELETE = adminRoute({ operation: API.revokeLink, permission: "link:write" }, async ({ params, actor, services }) =>
  toLinkDto(await services.links.revokeLink(params.id, actor.label)),
);
