import { API } from "@/lib/contracts/api";
import { toAdmissionDto } from "@/lib/http/admission-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/admissions/{id} */
export const GET = adminRoute({ operation: API.getAdmission, permission: "device:read" }, async ({ params, services }) =>
  toAdmissionDto(await services.admissions.readAdmission(params.id)),
);

/** POST /api/v1/admissions/{id} */
export const POST = adminRoute({ operation: API.decideAdmission, permission: "link:write" }, async ({ params, body, actor, services }) =>
  toAdmissionDto(await services.admissionDecisions.decide(params.id, body.decision, actor)),
);
