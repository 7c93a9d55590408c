import { API } from "@/lib/contracts/api";
import { toAccountConfigurationDto } from "@/lib/http/account-driven-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/account-driven/configurations */
export const GET = adminRoute({ operation: API.listAccountConfigurations, permission: "link:read" }, async ({ query, services }) => {
  const page = await services.accountConfigurations.listConfigurations(query);
  return { ...page, items: page.items.map(toAccountConfigurationDto) };
});

/** POST /api/v1/account-driven/configurations */
export const POST = adminRoute({ operation: API.createAccountConfiguration, permission: "link:write" }, async ({ body, actor, services }) =>
  toAccountConfigurationDto(await services.accountConfigurations.createConfiguration(body, actor.label)),
);
