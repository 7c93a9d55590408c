import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toRestoreDto } from "@/lib/http/restore-dto";

/** POST /api/v1/devices/{id}/restore-decision */
export const POST = adminRoute({ operation: API.decideRestoreOfDevice, permission: "device:terminate" }, async ({ params, body, actor, services }) =>
  toRestoreDto(await services.restores.decideForDevice(params.id, body.decision, actor)),
);
