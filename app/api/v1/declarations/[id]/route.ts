import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeclarationDto } from "@/lib/http/declaration-dto";

/** GET /api/v1/declarations/{id} */
export const GET = adminRoute({ operation: API.getDeclaration, permission: "device:read" }, async ({ params, services }) =>
  toDeclarationDto(await services.declarations.readDeclaration(params.id)),
);

/** POST /api/v1/declarations/{id}: a new payload. */
export const POST = adminRoute({ operation: API.updateDeclaration, permission: "declaration:write" }, async ({ params, body, actor, services }) =>
  toDeclarationDto(await services.declarations.updateDeclaration(params.id, body, actor.label)),
);

/** DELETE /api/v1/declarations/{id}: takes it from all devices. */
export const DELETE = adminRoute({ operation: API.deleteDeclaration, permission: "declaration:write" }, async ({ params, actor, services }) =>
  toDeclarationDto(await services.declarations.deleteDeclaration(params.id, actor.label)),
);
