import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toDeviceDto } from "@/lib/http/device-dto";

/** GET /api/v1/devices/{id} */
export const GET = adminRoute({ operation: API.getDevice, permission: "device:read" }, async ({ params, services }) =>
  toDeviceDto(await services.devices.readDevice(params.id)),
);
