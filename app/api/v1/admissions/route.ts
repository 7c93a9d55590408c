import { API } from "@/lib/contracts/api";
import { toAdmissionDto } from "@/lib/http/admission-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/admissions */
export const GET = adminRoute({ operation: API.listAdmissions, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.admissions.listAdmissions(query);
  return { ...page, items: page.items.map(toAdmissionDto) };
});
