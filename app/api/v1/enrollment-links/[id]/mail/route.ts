import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/enrollment-links/{id}/mail */
export const POST = adminRoute({ operation: API.mailLink, permission: "link:write" }, async ({ params, body, actor, services }) => {
  await services.linkMail.mailLink(params.id, body.to, actor.label);
  return { to: body.to };
});
