import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toEventListDto } from "@/lib/http/event-dto";

/** GET /api/v1/audit-events */
export const GET = adminRoute({ operation: API.listAuditEvents, permission: "audit:read" }, async ({ query, services }) =>
  toEventListDto(await services.events.listEvents({ ...query, auditOnly: true })),
);
