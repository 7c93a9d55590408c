import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDeclarations } from "@/lib/http/declaration-dto";

/** GET /api/v1/devices/{id}/declarations */
export const GET = adminRoute({ operation: API.getDeviceDeclarations, permission: "device:read" }, async ({ params, services }) =>
  toDeviceDeclarations(await services.deviceDeclarations.readDeviceDeclarations(params.id)),
);
