import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceSummary } from "@/lib/http/device-dto";

/** GET /api/v1/enrollment-links/{id}/devices */
export const GET = adminRoute({ operation: API.listLinkDevices, permission: "device:read" }, async ({ params, query, services }) => {
  const page = await services.devices.listDevicesOfLink(params.id, query);
  return { ...page, items: page.items.map(toDeviceSummary) };
});
