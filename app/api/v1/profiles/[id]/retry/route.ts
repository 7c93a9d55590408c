import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDto } from "@/lib/http/profile-dto";

/** POST /api/v1/profiles/{id}/retry: where it failed or drifted. */
export const POST = adminRoute({ operation: API.retryProfile, permission: "profile:write" }, async ({ params, body, actor, services }) =>
  toProfileDto(await services.profileStandings.retryProfile(params.id, body, actor.label)),
);
