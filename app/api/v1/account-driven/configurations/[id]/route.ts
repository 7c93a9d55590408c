import { API } from "@/lib/contracts/api";
import { toAccountConfigurationDto } from "@/lib/http/account-driven-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/account-driven/configurations/{id} */
export const GET = adminRoute({ operation: API.getAccountConfiguration, permission: "link:read" }, async ({ params, services }) =>
  toAccountConfigurationDto(await services.accountConfigurations.readConfiguration(params.id)),
);

/** POST /api/v1/account-driven/configurations/{id} */
export const POST = adminRoute({ operation: API.changeAccountConfiguration, permission: "link:write" }, async ({ params, body, actor, services }) =>
  toAccountConfigurationDto(await services.accountConfigurations.changeConfiguration(params.id, body, actor.label)),
);

/** DELETE /api/v1/account-driven/configurations/{id}: devices that came by it stay. */
export const DELETE = adminRoute({ operation: API.deleteAccountConfiguration, permission: "link:write" }, async ({ params, actor, services }) =>
  toAccountConfigurationDto(await services.accountConfigurations.deleteConfiguration(params.id, actor.label)),
);
