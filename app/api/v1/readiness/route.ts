import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/readiness */
export const GET = adminRoute({ operation: API.getReadiness, permission: "device:read" }, ({ services }) => services.readiness.checkReadiness());
