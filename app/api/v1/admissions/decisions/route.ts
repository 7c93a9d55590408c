import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";

/** POST /api/v1/admissions/decisions: one decision on many devices. */
export const POST = adminRoute({ operation: API.decideAdmissions, permission: "link:write" }, ({ body, actor, services }) =>
  services.admissionDecisions.decideMany(body.ids, body.decision, actor),
);
