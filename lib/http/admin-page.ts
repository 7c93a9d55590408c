import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { Actor } from "@/lib/accounts/actor";
import { allows, type Permission } from "@/lib/accounts/permissions";
import { sessionCookieName } from "@/lib/accounts/session-cookie";
import { actorOfSession } from "@/lib/accounts/session-service";
import { signInAgainPath } from "@/lib/contracts/sign-in-path";
import { PAGE_PATH_HEADER } from "./page-path-header";

/** Who looks at this page; null when nobody is signed in. For server components. */
export async function signedInActor(): Promise<Actor | null> {
  const jar = await cookies();
  return actorOfSession(jar.get(sessionCookieName())?.value ?? null);
}

/** The only way to a console page: whoever is signed out goes to the sign-in page and from there back, whoever may not see it finds nothing. */
export async function adminPage(permission: Permission | null): Promise<{ actor: Actor }> {
  const actor = await signedInActor();
  if (actor === null) redirect(signInAgainPath((await headers()).get(PAGE_PATH_HEADER) ?? "/"));
  if (permission !== null && !allows(actor.role, permission)) notFound();
  return { actor };
}
