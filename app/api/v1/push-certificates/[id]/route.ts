import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** DELETE /api/v1/push-certificates/{id} */
export const DELETE = adminRoute({ operation: API.removePushCertificate, permission: "push:write" }, ({ params, actor, services }) =>
  services.push.removePushCertificate(params.id, actor.label),
);
