import { API } from "@/lib/contracts/api";
import { toAdeConfigurationDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/ade/configurations/{id} */
export const GET = adminRoute({ operation: API.getAdeConfiguration, permission: "link:read" }, async ({ params, services }) =>
  toAdeConfigurationDto(await services.adeConfigurations.readConfiguration(params.id)),
);

/** PATCH /api/v1/ade/configurations/{id} */
export const PATCH = adminRoute({ operation: API.changeAdeConfiguration, permission: "link:write" }, async ({ params, body, actor, services }) =>
  toAdeConfigurationDto(await services.adeConfigurations.changeConfiguration(params.id, body, actor.label)),
);

/** DELETE /api/v1/ade/configurations/{id} */
export const DELETE = adminRoute({ operation: API.deleteAdeConfiguration, permission: "link:write" }, async ({ params, actor, services }) =>
  toAdeConfigurationDto(await services.adeConfigurations.deleteConfiguration(params.id, actor.label)),
);
