import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDto } from "@/lib/http/profile-dto";

/** POST /api/v1/profiles/{id}/assignments: which groups get it, in place of those before. */
export const POST = adminRoute({ operation: API.assignProfile, permission: "profile:write" }, async ({ params, body, actor, services }) =>
  toProfileDto(await services.profiles.assignProfile(params.id, body, actor.label)),
);
