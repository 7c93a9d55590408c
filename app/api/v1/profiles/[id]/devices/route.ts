import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDevice } from "@/lib/http/profile-dto";

/** GET /api/v1/profiles/{id}/devices?state= */
export const GET = adminRoute({ operation: API.listProfileDevices, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.profileStandings.listProfileDevices(params.id, query);
  return { ...page, items: page.items.map(toProfileDevice) };
});
