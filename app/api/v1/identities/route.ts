import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toIdentityDto } from "@/lib/http/identity-dto";

/** GET /api/v1/identities */
export const GET = adminRoute({ operation: API.listIdentities, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.renewals.listIdentities(query);
  return { ...page, items: page.items.map((row) => toIdentityDto(row)) };
});
