import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toUnknownContactDto } from "@/lib/http/device-dto";

/** POST /api/v1/unknown-contacts/{id}/adopt */
export const POST = adminRoute({ operation: API.adoptContact, permission: "contact:adopt" }, async ({ params, body, actor, services }) =>
  toUnknownContactDto(await services.adoption.adoptContact(params.id, body.fingerprint, actor.label)),
);
