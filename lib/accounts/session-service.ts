import { decode } from "next-auth/jwt";
import { deriveKey } from "@/lib/config/master-key";
import { processWide } from "@/lib/config/process-wide";
import { userActor, type Actor } from "./actor";
import { findUser, type UserRow } from "./user-store";

/** A disabled person or an ended session is noticed after this time at the latest. */
const CACHE_MS = 5_000;

interface CachedUser {
  user: UserRow | null;
  until: number;
}
const cache = processWide("session-users", () => new Map<string, CachedUser>());

/** The secret of sessions, derived from the master key. */
export function sessionSecret(): string {
  return deriveKey("next-auth").toString("base64");
}

/** The person behind a session cookie; null when it is no session, has run out, or was ended. */
export async function actorOfSession(cookie: string | null): Promise<Actor | null> {
  if (cookie === null || cookie === "") return null;
  const claims = await decode({ token: cookie, secret: sessionSecret() }).catch(() => null);
  if (claims === null || typeof claims.sub !== "string") return null;
  const user = await cachedUser(claims.sub);
  if (user === null || user.disabledAt !== null || user.sessionVersion !== claims.sessionVersion) return null;
  return userActor(user);
}

/** The person was changed on this node: the next request looks again. Other nodes notice within seconds. */
export function forgetCachedUser(id: string): void {
  cache.delete(id);
}

async function cachedUser(id: string): Promise<UserRow | null> {
  const known = cache.get(id);
  if (known !== undefined && known.until > Date.now()) return known.user;
  const user = await findUser(id);
  cache.set(id, { user, until: Date.now() + CACHE_MS });
  return user;
}
