import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toExchangeDto } from "@/lib/http/exchange-dto";

/** GET /api/v1/devices/{id}/exchanges */
export const GET = adminRoute({ operation: API.listExchanges, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.exchanges.listExchanges(params.id, query);
  return { ...page, items: page.items.map(toExchangeDto) };
});
