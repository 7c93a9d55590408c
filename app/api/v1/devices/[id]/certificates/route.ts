import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceCertificates } from "@/lib/http/device-certificates-dto";

/** GET /api/v1/devices/{id}/certificates */
export const GET = adminRoute({ operation: API.listDeviceCertificates, permission: "device:read" }, async ({ params, services }) =>
  toDeviceCertificates(await services.deviceCertificates.listDeviceCertificates(params.id)),
);
