import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/commands/{id}/retry */
export const POST = adminRoute({ operation: API.retryCommand, permission: "device:command" }, async ({ params, actor, services }) => {
  const { id, state } = await services.commands.retryCommand(params.id, actor.label);
  return { id, commandUuid: id, state };
});
