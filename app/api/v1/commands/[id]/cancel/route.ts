import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/commands/{id}/cancel */
export const POST = adminRoute({ operation: API.cancelCommand, permission: "device:command" }, ({ params, actor, services }) =>
  services.commands.cancelCommand(params.id, actor.label),
);
