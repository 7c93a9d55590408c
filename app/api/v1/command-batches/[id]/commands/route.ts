import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchCommandDto } from "@/lib/http/batch-dto";

/** GET /api/v1/command-batches/{id}/commands */
export const GET = adminRoute({ operation: API.listBatchCommands, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.batches.listBatchCommands(params.id, query);
  return { ...page, items: page.items.map(toBatchCommandDto) };
});
