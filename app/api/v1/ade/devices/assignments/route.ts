import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/ade/devices/assignments */
export const POST = adminRoute({ operation: API.assignAdeDevices, permission: "link:write" }, async ({ body, actor, services }) => ({
  devices: await services.adeDevices.assignConfiguration(body.target, body.configurationId, actor.label),
}));
