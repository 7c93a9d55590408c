import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDto } from "@/lib/http/device-dto";

/** POST /api/v1/devices/{id}/termination */
export const POST = adminRoute({ operation: API.terminateDevice, permission: "device:terminate" }, async ({ params, body, actor, services }) => {
  await services.termination.requestTermination(params.id, body.method, actor.label);
  return toDeviceDto(await services.devices.readDevice(params.id));
});
