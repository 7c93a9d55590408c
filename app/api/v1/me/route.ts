import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toMeDto } from "@/lib/http/me-dto";

/** GET /api/v1/me */
export const GET = adminRoute({ operation: API.me, permission: null }, ({ actor }) => toMeDto(actor));
