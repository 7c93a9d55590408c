import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/command-batches/{id}/cancel */
export const POST = adminRoute({ operation: API.cancelBatch, permission: "device:command" }, ({ params, actor, services }) =>
  services.batches.cancelBatch(params.id, actor.label),
);
