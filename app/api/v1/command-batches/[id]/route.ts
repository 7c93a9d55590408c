import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchDto } from "@/lib/http/batch-dto";

/** GET /api/v1/command-batches/{id} */
export const GET = adminRoute({ operation: API.getBatch, permission: "device:read" }, async ({ params, services }) =>
  toBatchDto(await services.batches.readBatch(params.id)),
);
