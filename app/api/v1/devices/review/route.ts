import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/devices/review */
export const POST = adminRoute({ operation: API.reviewDevices, permission: "device:command" }, ({ body, services }) => services.deviceActions.reviewDevices(body));
