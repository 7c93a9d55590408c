import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/settings */
export const GET = adminRoute({ operation: API.getSettings, permission: "device:read" }, ({ services }) => services.settings.readSettings());

/** POST /api/v1/settings */
export const POST = adminRoute({ operation: API.changeSettings, permission: "settings:write" }, ({ body, actor, services }) =>
  services.settings.changeSettings(body, actor.label),
);
