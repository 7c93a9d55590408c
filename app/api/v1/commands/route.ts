import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchDto } from "@/lib/http/batch-dto";

/** POST /api/v1/commands */
export const POST = adminRoute({ operation: API.sendBatch, permission: "device:command" }, async ({ body, actor, services }) =>
  toBatchDto(await services.batches.sendBatch(body, actor.label)),
);
