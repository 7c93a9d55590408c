import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/push-certificates/requests/{id}/signature */
export const POST = adminRoute({ operation: API.signPushCertificateRequest, permission: "push:write" }, ({ params, body, actor, services }) =>
  services.certificateRequests.signCertificateRequest(params.id, body, actor.label),
);
