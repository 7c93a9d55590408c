import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { profileFileResponse } from "@/lib/http/profile-dto";

/** GET /api/v1/profiles/{id}/versions/{number}/file: with its secrets, and audited. */
export const GET = adminRoute({ operation: API.downloadProfile, permission: "secret:reveal" }, async ({ params, actor, services }) =>
  profileFileResponse(await services.profiles.downloadVersion(params.id, params.number, actor.label)),
);
