import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/overview */
export const GET = adminRoute({ operation: API.overview, permission: "device:read" }, ({ services }) => services.overview.readOverview());
