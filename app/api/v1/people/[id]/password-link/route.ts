import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toPasswordLinkDto } from "@/lib/http/person-dto";

/** POST /api/v1/people/{id}/password-link: the only answer that shows the link. */
export const POST = adminRoute({ operation: API.makePasswordLink, permission: "people:manage" }, async ({ params, actor, services }) =>
  toPasswordLinkDto(await services.people.makePasswordLink(params.id, actor)),
);
