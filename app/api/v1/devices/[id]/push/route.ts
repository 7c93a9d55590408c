import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDevicePushDto } from "@/lib/http/device-push-dto";

/** GET /api/v1/devices/{id}/push */
export const GET = adminRoute({ operation: API.getDevicePush, permission: "device:read" }, async ({ params, services }) =>
  toDevicePushDto(await services.devicePushes.readDevicePush(params.id)));

/** POST /api/v1/devices/{id}/push */
export const POST = adminRoute({ operation: API.pushDevice, permission: "device:command" }, async ({ params, actor, services }) => {
  const { enrollmentId, pushDueAt } = await services.pushRequests.pushDevice(params.id, actor.label);
  return { enrollmentId, pushDueAt: pushDueAt.toISOString() };
});
