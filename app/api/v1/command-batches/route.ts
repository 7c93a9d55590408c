import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toBatchDto } from "@/lib/http/batch-dto";

/** GET /api/v1/command-batches */
export const GET = adminRoute({ operation: API.listBatches, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.batches.listBatches(query);
  return { ...page, items: page.items.map(toBatchDto) };
});
