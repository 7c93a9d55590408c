import { API } from "@/lib/contracts/api";
import { toAdeServerDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/ade/servers/{id}/sync */
export const POST = adminRoute({ operation: API.syncAdeServer, permission: "link:write" }, async ({ params, query, actor, services }) =>
  toAdeServerDto(await services.adeServers.requestSync(params.id, { full: query.full === "true" }, actor.label)),
);
