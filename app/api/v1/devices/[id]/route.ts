import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDto } from "@/lib/http/device-dto";

/** GET /api/v1/devices/{id} */
export const GET = adminRoute({ operation: API.getDevice, permission: "device:read" }, async ({ params, services }) =>
  toDeviceDto(await services.devices.readDevice(params.id)),
);

/** PATCH /api/v1/devices/{id}: whom it is for. */
export const PATCH = adminRoute({ operation: API.changeDevice, permission: "device:command" }, async ({ params, body, actor, services }) => {
  await services.ownerChange.changeOwner(params.id, body.owner, actor.label);
  return toDeviceDto(await services.devices.readDevice(params.id));
});

/** DELETE /api/v1/devices/{id}: removes the record, not the management. */
export const DELETE = adminRoute({ operation: API.forgetDevice, permission: "device:forget" }, async ({ params, body, actor, services }) => {
  await services.forgetting.forgetDevice(params.id, body.reason, actor.label);
  return { id: params.id };
});
