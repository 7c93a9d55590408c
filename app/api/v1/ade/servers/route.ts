import { API } from "@/lib/contracts/api";
import { toAdeServerDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/ade/servers */
export const GET = adminRoute({ operation: API.listAdeServers, permission: "link:read" }, async ({ services }) => ({
  items: (await services.adeServers.listServers()).map(toAdeServerDto),
}));

/** POST /api/v1/ade/servers */
export const POST = adminRoute({ operation: API.createAdeServer, permission: "ade:write" }, async ({ body, actor, services }) =>
  toAdeServerDto(await services.adeServers.createServer(body, actor.label)),
);
