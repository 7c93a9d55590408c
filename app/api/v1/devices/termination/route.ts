import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/devices/termination */
export const POST = adminRoute({ operation: API.terminateDevices, permission: "device:terminate" }, ({ body, actor, services }) =>
  services.deviceActions.terminateDevices(body, actor),
);
