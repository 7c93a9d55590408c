import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/push-certificates/requests/{id} */
export const GET = adminRoute({ operation: API.getPushCertificateRequest, permission: "push:read" }, ({ params, services }) =>
  services.certificateRequests.readCertificateRequest(params.id),
);

/** DELETE /api/v1/push-certificates/requests/{id} */
export const DELETE = adminRoute({ operation: API.deletePushCertificateRequest, permission: "push:write" }, ({ params, actor, services }) =>
  services.certificateRequests.discardCertificateRequest(params.id, actor.label),
);
