import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDto, toProfileVersion } from "@/lib/http/profile-dto";

/** GET /api/v1/profiles/{id}/versions */
export const GET = adminRoute({ operation: API.listProfileVersions, permission: "device:read" }, async ({ params, services }) => ({
  items: (await services.profiles.listVersions(params.id)).map(toProfileVersion),
}));

/** POST /api/v1/profiles/{id}/versions: devices get it from now on. */
export const POST = adminRoute({ operation: API.uploadProfileVersion, permission: "profile:write" }, async ({ params, body, actor, services }) =>
  toProfileDto(await services.profiles.uploadVersion(params.id, body.content, actor.label)),
);
