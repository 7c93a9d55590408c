import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/profiles/{id}/versions/{number}/preview?deviceId= */
export const GET = adminRoute({ operation: API.previewProfile, permission: "device:read" }, async ({ params, query, services }) =>
  services.profilePreviews.previewVersion(params.id, params.number, query.deviceId ?? null),
);
