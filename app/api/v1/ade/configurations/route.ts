import { API } from "@/lib/contracts/api";
import { toAdeConfigurationDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/ade/configurations */
export const GET = adminRoute({ operation: API.listAdeConfigurations, permission: "link:read" }, async ({ services }) => ({
  items: (await services.adeConfigurations.listConfigurations()).map(toAdeConfigurationDto),
}));

/** POST /api/v1/ade/configurations */
export const POST = adminRoute({ operation: API.createAdeConfiguration, permission: "link:write" }, async ({ body, actor, services }) =>
  toAdeConfigurationDto(await services.adeConfigurations.createConfiguration(body, actor.label)),
);
