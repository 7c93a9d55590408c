import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDto } from "@/lib/http/device-dto";

/** POST /api/v1/devices/{id}/termination/confirmation: by another person than the one who asked. */
export const POST = adminRoute({ operation: API.confirmTermination, permission: "device:terminate" }, async ({ params, actor, services }) => {
  await services.termination.confirmTermination(params.id, actor);
  return toDeviceDto(await services.devices.readDevice(params.id));
});
