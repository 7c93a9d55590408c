import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/devices/push */
export const POST = adminRoute({ operation: API.pushDevices, permission: "device:command" }, ({ body, actor, services }) => services.deviceActions.pushDevices(body, actor.label));
