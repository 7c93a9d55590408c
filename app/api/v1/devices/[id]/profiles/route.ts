import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceProfile } from "@/lib/http/profile-dto";

/** GET /api/v1/devices/{id}/profiles */
export const GET = adminRoute({ operation: API.listDeviceProfiles, permission: "device:read" }, async ({ params, services }) => ({
  items: (await services.profileStandings.listDeviceProfiles(params.id)).map(toDeviceProfile),
}));
