import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toApiTokenDto } from "@/lib/http/api-token-dto";

/** DELETE /api/v1/api-tokens/{id} */
export const DELETE = adminRoute({ operation: API.revokeApiToken, permission: "token:manage" }, async ({ params, actor, services }) =>
  toApiTokenDto(await services.apiTokens.revokeApiToken(params.id, actor)),
);
