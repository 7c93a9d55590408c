import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toEventListDto } from "@/lib/http/event-dto";

/** GET /api/v1/activity */
export const GET = adminRoute({ operation: API.listActivity, permission: "device:read" }, async ({ query, services }) =>
  toEventListDto(await services.events.listEvents({ ...query, ofDevices: true })),
);
