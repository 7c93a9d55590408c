import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeclarationDto } from "@/lib/http/declaration-dto";

/** GET /api/v1/declarations */
export const GET = adminRoute({ operation: API.listDeclarations, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.declarations.listDeclarations(query);
  return { ...page, items: page.items.map(toDeclarationDto) };
});

/** POST /api/v1/declarations */
export const POST = adminRoute({ operation: API.createDeclaration, permission: "declaration:write" }, async ({ body, actor, services }) =>
  toDeclarationDto(await services.declarations.createDeclaration(body, actor.label)),
);
