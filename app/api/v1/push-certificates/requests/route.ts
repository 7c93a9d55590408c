import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/push-certificates/requests */
export const GET = adminRoute({ operation: API.listPushCertificateRequests, permission: "push:read" }, ({ services }) =>
  services.certificateRequests.listCertificateRequests(),
);

/** POST /api/v1/push-certificates/requests */
export const POST = adminRoute({ operation: API.createPushCertificateRequest, permission: "push:write" }, ({ body, actor, services }) =>
  services.certificateRequests.createCertificateRequest(body, actor.label),
);
