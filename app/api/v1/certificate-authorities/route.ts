import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toAuthorityDto } from "@/lib/http/identity-dto";

/** GET /api/v1/certificate-authorities */
export const GET = adminRoute({ operation: API.listAuthorities, permission: "device:read" }, async ({ services }) => ({
  items: (await services.authorities.listAuthorities()).map(toAuthorityDto),
}));

/** POST /api/v1/certificate-authorities */
export const POST = adminRoute({ operation: API.rotateAuthority, permission: "authority:write" }, async ({ actor, services }) =>
  toAuthorityDto(await services.authorities.rotateAuthority(actor.label)),
);
