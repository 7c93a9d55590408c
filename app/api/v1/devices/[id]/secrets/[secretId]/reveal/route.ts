import { API } from "@/lib/contracts/api";
import { adminRoute } from "@/lib/http/admin-route";
import { toRevealedSecret } from "@/lib/http/secret-dto";

/** POST /api/v1/devices/{id}/secrets/{secretId}/reveal */
export const POST = adminRoute({ operation: API.revealSecret, permission: "secret:reveal" }, async ({ params, body, actor, services }) =>
  toRevealedSecret(await services.secrets.revealSecret({ deviceId: params.id, secretId: params.secretId, reason: body.reason, actor: actor.label })),
);
