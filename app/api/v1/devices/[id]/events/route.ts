import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toEventListDto } from "@/lib/http/event-dto";

/** GET /api/v1/devices/{id}/events */
export const GET = adminRoute({ operation: API.listDeviceEvents, permission: "device:read" }, async ({ params, query, services }) =>
  toEventListDto(await services.events.listEvents({ ...query, deviceId: params.id })),
);
