import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toCommandSummary } from "@/lib/http/command-dto";

/** GET /api/v1/devices/{id}/commands */
export const GET = adminRoute({ operation: API.listDeviceCommands, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.commands.listCommands(params.id, query);
  return { ...page, items: page.items.map(toCommandSummary) };
});

/** POST /api/v1/devices/{id}/commands */
export const POST = adminRoute({ operation: API.sendCommand, permission: "device:command" }, async ({ params, body, actor, services }) => {
  const { id, state } = await services.commands.sendCommand(params.id, body, actor.label);
  return { id, commandUuid: id, state };
});
