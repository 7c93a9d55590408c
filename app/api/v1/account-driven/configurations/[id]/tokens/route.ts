import { API } from "@/lib/contracts/api";
import { toAccountTokenDto } from "@/lib/http/account-driven-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/account-driven/configurations/{id}/tokens */
export const GET = adminRoute({ operation: API.listAccountTokens, permission: "link:read" }, async ({ params, query, services }) => {
  const page = await services.accountTokens.listAccountTokens(params.id, query);
  return { ...page, items: page.items.map(toAccountTokenDto) };
});
