import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/simulation */
export const GET = adminRoute({ operation: API.getSimulation, permission: "device:read" }, ({ services }) => services.simulation.readSimulation());

/** POST /api/v1/simulation */
export const POST = adminRoute({ operation: API.startSimulation, permission: "settings:write" }, ({ body, actor, services }) =>
  services.simulation.startSimulation(body, actor.label),
);

/** DELETE /api/v1/simulation */
export const DELETE = adminRoute({ operation: API.removeSimulation, permission: "settings:write" }, ({ actor, services }) =>
  services.simulation.removeSimulation(actor.label),
);
