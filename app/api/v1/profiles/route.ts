import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toProfileDto } from "@/lib/http/profile-dto";

/** GET /api/v1/profiles */
export const GET = adminRoute({ operation: API.listProfiles, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.profiles.listProfiles(query);
  return { ...page, items: page.items.map(toProfileDto) };
});

/** POST /api/v1/profiles: a .mobileconfig file. */
export const POST = adminRoute({ operation: API.uploadProfile, permission: "profile:write" }, async ({ body, actor, services }) =>
  toProfileDto(await services.profiles.uploadProfile(body, actor.label)),
);
