import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toApiTokenDto } from "@/lib/http/api-token-dto";

/** GET /api/v1/api-tokens */
export const GET = adminRoute({ operation: API.listApiTokens, permission: "token:manage" }, async ({ services }) => ({
  items: (await services.apiTokens.listApiTokens()).map(toApiTokenDto),
}));

/** POST /api/v1/api-tokens: the only answer that shows the token. */
export const POST = adminRoute({ operation: API.createApiToken, permission: "token:manage" }, async ({ body, actor, services }) => {
  const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
  const created = await services.apiTokens.createApiToken({ ...body, expiresAt }, actor);
  return { ...toApiTokenDto(created), token: created.token };
});
