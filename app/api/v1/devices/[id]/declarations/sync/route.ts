import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDeclarations } from "@/lib/http/declaration-dto";

/** POST /api/v1/devices/{id}/declarations/sync */
export const POST = adminRoute({ operation: API.syncDeclarations, permission: "device:command" }, async ({ params, actor, services }) =>
  toDeviceDeclarations(await services.deviceDeclarations.syncDeviceDeclarations(params.id, actor.label)),
);
