import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeclarationDto } from "@/lib/http/declaration-dto";

/** POST /api/v1/declarations/{id}/assignments: which groups get it, in place of those before. */
export const POST = adminRoute({ operation: API.assignDeclaration, permission: "declaration:write" }, async ({ params, body, actor, services }) =>
  toDeclarationDto(await services.declarations.assignDeclaration(params.id, body, actor.label)),
);
