import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toEventListDto } from "@/lib/http/event-dto";

/** GET /api/v1/enrollment-links/{id}/events */
export const GET = adminRoute({ operation: API.listLinkEvents, permission: "link:read" }, async ({ params, query, services }) =>
  toEventListDto(await services.events.listEvents({ ...query, linkId: params.id })),
);
