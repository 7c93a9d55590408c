import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/push-certificates */
export const GET = adminRoute({ operation: API.listPushCertificates, permission: "push:read" }, ({ services }) =>
  services.push.listPushCertificates(),
);

/** POST /api/v1/push-certificates */
export const POST = adminRoute({ operation: API.uploadPushCertificate, permission: "push:write" }, ({ body, actor, services }) =>
  services.push.uploadPushCertificate(body, actor.label),
);
