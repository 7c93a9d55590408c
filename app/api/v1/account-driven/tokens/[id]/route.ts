import { API } from "@/lib/contracts/api";
import { toAccountTokenDto } from "@/lib/http/account-driven-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** DELETE /api/v1/account-driven/tokens/{id}: everything its person holds of that configuration. */
export const DELETE = adminRoute({ operation: API.revokeAccountToken, permission: "link:write" }, async ({ params, actor, services }) =>
  toAccountTokenDto(await services.accountTokens.revokeAccountToken(params.id, actor.label)),
);
