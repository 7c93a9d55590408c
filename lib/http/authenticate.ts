import type { Actor } from "@/lib/accounts/actor";
import { actorOfApiToken } from "@/lib/accounts/api-token-service";
import { sessionCookieName } from "@/lib/accounts/session-cookie";
import { actorOfSession } from "@/lib/accounts/session-service";
import { MusterError } from "@/lib/contracts/errors";
import { cookieNamed } from "./cookie-named";
import { requireSameOrigin } from "./same-origin";

/**
 * Who sent this request: by API token, else by the console's session, whose changes must come from the console.
 * Throws `signed-out` or `cross-site`. A token that does not count is refused even beside a good session.
 */
export async function authenticate(request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return known(await actorOfApiToken(bearerToken(authorization)));
  const actor = known(await actorOfSession(cookieNamed(sessionCookieName(), request.headers.get("cookie"))));
  requireSameOrigin(request);
  return actor;
}

function known(actor: Actor | null): Actor {
  if (actor === null) throw new MusterError("signed-out", "No valid session or API token came with the request");
  return actor;
}

function bearerToken(authorization: string): string {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "";
}
