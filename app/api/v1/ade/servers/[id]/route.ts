import { API } from "@/lib/contracts/api";
import { toAdeServerDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/ade/servers/{id} */
export const GET = adminRoute({ operation: API.getAdeServer, permission: "link:read" }, async ({ params, services }) =>
  toAdeServerDto(await services.adeServers.readServer(params.id)),
);

/** PATCH /api/v1/ade/servers/{id} */
export const PATCH = adminRoute({ operation: API.changeAdeServer, permission: "link:write" }, async ({ params, body, actor, services }) =>
  toAdeServerDto(await services.adeServers.changeServer(params.id, body, actor.label)),
);

/** DELETE /api/v1/ade/servers/{id}: what is enrolled stays. */
export const DELETE = adminRoute({ operation: API.deleteAdeServer, permission: "ade:write" }, async ({ params, actor, services }) =>
  toAdeServerDto(await services.adeServers.deleteServer(params.id, actor.label)),
);
