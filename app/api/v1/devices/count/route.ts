import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/devices/count */
export const GET = adminRoute({ operation: API.countDevices, permission: "device:read" }, ({ query, services }) => services.devices.countDevices(query));
