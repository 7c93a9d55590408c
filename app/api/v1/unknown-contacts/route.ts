import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toUnknownContactDto } from "@/lib/http/device-dto";

/** GET /api/v1/unknown-contacts */
export const GET = adminRoute({ operation: API.listUnknownContacts, permission: "device:read" }, async ({ query, services }) => {
  const page = await services.unknownContacts.listUnknownContacts(query);
  return { ...page, items: page.items.map(toUnknownContactDto) };
});
