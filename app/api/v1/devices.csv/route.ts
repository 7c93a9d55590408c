import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { deviceCsvResponse } from "@/lib/http/device-csv-response";

/** GET /api/v1/devices.csv */
export const GET = adminRoute({ operation: API.exportDevices, permission: "device:read" }, ({ query }) => deviceCsvResponse(query));
