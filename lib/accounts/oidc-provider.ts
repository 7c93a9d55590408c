import type { NextAuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { config } from "@/lib/config/config";
import { normalEmail, recordSignIn } from "./sign-in-service";
import { findUser, findUserByEmail } from "./user-store";

/** The name of the provider, in next-auth's addresses too: /api/auth/callback/oidc. */
export const OIDC = "oidc";
/** Stands for somebody who is signed in there and has no account here. */
export const NOBODY = "nobody";

interface Claims {
  sub: string;
  email?: string;
  email_verified?: boolean;
}

/** Can people sign in at the OpenID provider of OIDC_ISSUER? */
export function hasOidc(): boolean {
  return config().oidc !== null;
}

/** The e-mail address that the provider vouches for; null when it vouches for none. */
export function verifiedEmail(claims: { email?: unknown; email_verified?: unknown }): string | null {
  return typeof claims.email === "string" && claims.email_verified === true ? normalEmail(claims.email) : null;
}

/** Sign-in to the console by OpenID Connect: for people who have an account here, found by their verified e-mail address. */
export function oidcProviders(): NextAuthOptions["providers"] {
  const { oidc } = config();
  if (oidc === null) return [];
  const provider: OAuthConfig<Claims> = {
    id: OIDC,
    name: "OpenID Connect",
    type: "oauth",
    wellKnown: `${oidc.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    profile: personOf,
  };
  return [provider];
}

async function personOf(claims: Claims) {
  const email = verifiedEmail(claims);
  const user = email === null ? null : await findUserByEmail(email);
  if (user === null || user.disabledAt !== null) return { id: NOBODY, email: null, name: null, sessionVersion: 0 };
  return { id: user.id, email: user.email, name: user.name, sessionVersion: user.sessionVersion };
}

export async function noteOidcSignIn(userId: string, remoteAddress: string): Promise<void> {
  const user = await findUser(userId);
  if (user !== null) await recordSignIn(user, { method: "oidc", remoteAddress });
}
