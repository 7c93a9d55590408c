import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { eventStream } from "@/lib/http/event-stream";

/** GET /api/v1/events: server-sent events. */
export const GET = adminRoute({ operation: API.streamEvents, permission: "device:read" }, ({ request, query }) =>
  eventStream(request, query.after),
);
