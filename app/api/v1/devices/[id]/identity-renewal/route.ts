import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toRenewalDto } from "@/lib/http/identity-dto";

/** POST /api/v1/devices/{id}/identity-renewal */
export const POST = adminRoute({ operation: API.renewIdentity, permission: "device:command" }, async ({ params, actor, services }) =>
  toRenewalDto(await services.renewals.renewIdentity(params.id, actor.label)),
);
