import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toRestoreDto } from "@/lib/http/restore-dto";

/** GET /api/v1/restores */
export const GET = adminRoute({ operation: API.listRestores, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.restores.listRestores(query);
  return { ...page, items: page.items.map(toRestoreDto) };
});
