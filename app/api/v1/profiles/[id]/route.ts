import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDto } from "@/lib/http/profile-dto";

/** GET /api/v1/profiles/{id} */
export const GET = adminRoute({ operation: API.getProfile, permission: "device:read" }, async ({ params, services }) =>
  toProfileDto(await services.profiles.readProfile(params.id)),
);

/** PATCH /api/v1/profiles/{id}: its words, or which version devices get. */
export const PATCH = adminRoute({ operation: API.changeProfile, permission: "profile:write" }, async ({ params, body, actor, services }) =>
  toProfileDto(await services.profiles.changeProfile(params.id, body, actor.label)),
);

/** DELETE /api/v1/profiles/{id}: takes it from all devices. */
export const DELETE = adminRoute({ operation: API.deleteProfile, permission: "profile:write" }, async ({ params, actor, services }) =>
  toProfileDto(await services.profiles.deleteProfile(params.id, actor.label)),
);
