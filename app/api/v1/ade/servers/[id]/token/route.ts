import { API } from "@/lib/contracts/api";
import { toAdeServerDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** PUT /api/v1/ade/servers/{id}/token */
export const PUT = adminRoute({ operation: API.putAdeServerToken, permission: "ade:write" }, async ({ params, body, actor, services }) =>
  toAdeServerDto(await services.adeTokens.putToken(params.id, body, actor.label)),
);
