import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toExchangeDetail } from "@/lib/http/exchange-dto";

/** GET /api/v1/devices/{id}/exchanges/{exchangeId} */
export const GET = adminRoute({ operation: API.getExchange, permission: "device:read" }, async ({ params, services }) =>
  toExchangeDetail(await services.exchanges.readExchange(params.id, params.exchangeId)),
);
