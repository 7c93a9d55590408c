import type { NextAuthOptions } from "next-auth";
import credentials from "next-auth/providers/credentials";
import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { NOBODY, noteOidcSignIn, OIDC, oidcProviders } from "./oidc-provider";
import { hasSecureCookies } from "./session-cookie";
import { sessionSecret } from "./session-service";
import { signIn } from "./sign-in-service";

const SESSION_SECONDS = 8 * 3600;

/** Adds what our sessions carry to next-auth's own types. */
declare module "next-auth" {
  interface User {
    sessionVersion: number;
  }
}
declare module "next-auth/jwt" {
  interface JWT {
    /** Compared with the user row at every request, so that a session can be ended. */
    sessionVersion?: number;
  }
}

/** next-auth 4 with e-mail and password. `remoteAddress` is where the request came from, for the limit of tries. */
export function authOptions(remoteAddress: string): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    useSecureCookies: hasSecureCookies(),
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [
      credentials({
        name: "credentials",
        credentials: { email: { label: "E-mail", type: "email" }, password: { label: "Password", type: "password" } },
        authorize: async (typed) => authorize(typed?.email, typed?.password, remoteAddress),
      }),
      ...oidcProviders(),
    ],
    callbacks: {
      signIn: ({ user, account }) => account?.provider !== OIDC || user.id !== NOBODY || "/sign-in?error=account-unknown",
      jwt: ({ token, user }) => (user === undefined ? token : { ...token, sessionVersion: user.sessionVersion }),
    },
    events: {
      signIn: async ({ user, account }) => {
        if (account?.provider === OIDC) await noteOidcSignIn(user.id, remoteAddress);
      },
    },
    logger: {
      // Of the metadata only the error: the rest may hold what was typed.
      error: (code, metadata) => log.error("next-auth", { code, error: metadata instanceof Error ? metadata : metadata.error }),
      warn: (code) => log.warn("next-auth", { code }),
      debug: (code) => log.debug("next-auth", { code }),
    },
  };
}

/** next-auth shows the message of a thrown error as `error` in the sign-in page's URL: there our codes stand. */
async function authorize(email: unknown, password: unknown, remoteAddress: string) {
  if (typeof email !== "string" || typeof password !== "string") return null;
  try {
    const user = await signIn({ email, password, remoteAddress });
    return user === null ? null : { id: user.id, email: user.email, name: user.name, sessionVersion: user.sessionVersion };
  } catch (error) {
    if (!(error instanceof MusterError)) log.error("A sign-in failed", { error });
    throw new Error(error instanceof MusterError ? error.code : "internal", { cause: error });
  }
}
