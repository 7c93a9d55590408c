import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/devices/{id}/push */
export const POST = adminRoute({ operation: API.pushDevice, permission: "device:command" }, async ({ params, actor, services }) => {
  const { enrollmentId, pushDueAt } = await services.pushRequests.pushDevice(params.id, actor.label);
  return { enrollmentId, pushDueAt: pushDueAt.toISOString() };
});
