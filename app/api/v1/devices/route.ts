import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceSummary } from "@/lib/http/device-dto";

/** GET /api/v1/devices */
export const GET = adminRoute({ operation: API.listDevices, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.devices.listDevices(query);
  return { ...page, items: page.items.map(toDeviceSummary) };
});
