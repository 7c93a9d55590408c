import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/push-certificates/vendor */
export const GET = adminRoute({ operation: API.getVendorCertificate, permission: "push:read" }, ({ services }) =>
  services.vendorCertificate.readVendorCertificate(),
);

/** POST /api/v1/push-certificates/vendor */
export const POST = adminRoute({ operation: API.uploadVendorCertificate, permission: "push:write" }, ({ body, actor, services }) =>
  services.vendorCertificate.uploadVendorCertificate(body, actor.label),
);

/** DELETE /api/v1/push-certificates/vendor */
export const DELETE = adminRoute({ operation: API.removeVendorCertificate, permission: "push:write" }, ({ actor, services }) =>
  services.vendorCertificate.removeVendorCertificate(actor.label),
);
