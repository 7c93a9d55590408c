import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toCommandDto } from "@/lib/http/command-dto";

/** GET /api/v1/commands/{id} */
export const GET = adminRoute({ operation: API.getCommand, permission: "device:read" }, async ({ params, services }) =>
  toCommandDto(await services.commands.readCommand(params.id), await services.events.listCommandEvents(params.id)),
);
