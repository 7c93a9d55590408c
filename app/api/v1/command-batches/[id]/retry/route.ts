import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchDto } from "@/lib/http/batch-dto";

/** POST /api/v1/command-batches/{id}/retry */
export const POST = adminRoute({ operation: API.retryBatch, permission: "device:command" }, async ({ params, body, actor, services }) =>
  toBatchDto(await services.batches.retryBatch(params.id, body, actor.label)),
);
