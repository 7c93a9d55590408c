import { API } from "@/lib/contracts/api";
import { toAdeDeviceDto } from "@/lib/http/ade-dto";
import { adminRoute } from "@/lib/http/admin-route";

/** GET /api/v1/ade/devices */
export const GET = adminRoute({ operation: API.listAdeDevices, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.adeDevices.listAdeDevices(query);
  return { ...page, items: page.items.map(toAdeDeviceDto) };
});
