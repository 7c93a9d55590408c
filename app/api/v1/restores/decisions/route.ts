import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/restores/decisions: one decision on many devices. */
export const POST = adminRoute({ operation: API.decideRestores, permission: "device:terminate" }, ({ body, actor, services }) =>
  services.restores.decideMany(body.ids, body.decision, actor),
);
