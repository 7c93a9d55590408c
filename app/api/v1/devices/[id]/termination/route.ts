import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDto } from "@/lib/http/device-dto";

/** GET /api/v1/devices/{id}/termination: which ways out it understands, and what the hourly limit leaves. */
export const GET = adminRoute({ operation: API.getTerminationOptions, permission: "device:read" }, ({ params, services }) =>
  services.termination.terminationOptions(params.id),
);

/** POST /api/v1/devices/{id}/termination */
export const POST = adminRoute({ operation: API.terminateDevice, permission: "device:terminate" }, async ({ params, body, actor, services }) => {
  await services.termination.requestTermination(params.id, body.method, actor);
  return toDeviceDto(await services.devices.readDevice(params.id));
});

/** DELETE /api/v1/devices/{id}/termination: management goes on after all. */
export const DELETE = adminRoute({ operation: API.withdrawTermination, permission: "device:terminate" }, async ({ params, actor, services }) => ({
  id: params.id,
  ...(await services.withdrawal.withdrawTermination(params.id, actor.label)),
}));
