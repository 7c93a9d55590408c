import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { sessionCookieName } from "@/lib/accounts/session-cookie";
import { config } from "@/lib/config/config";
import { PAGE_PATH_HEADER } from "./page-path-header";

/** Pages for people who have no account, or not yet. */
const OPEN_PAGES = /^\/(sign-in|setup|password|enroll|account)(\/|$)/;

/**
 * Runs before every page: adds the security headers, and sends a browser without a session cookie to the
 * sign-in page. That is a courtesy; adminPage decides who may see what.
 */
export function pageProxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (!OPEN_PAGES.test(pathname) && !request.cookies.has(sessionCookieName())) {
    const signIn = new URL("/sign-in", request.url); // Next makes it relative, whatever name the console is reached by
    if (pathname !== "/") signIn.searchParams.set("callbackUrl", `${pathname}${search}`);
    return NextResponse.redirect(signIn);
  }
  const policy = contentSecurityPolicy(randomBytes(16).toString("base64"), pathname);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy); // here Next finds the nonce for its own scripts
  headers.set(PAGE_PATH_HEADER, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(securityHeaders(policy))) response.headers.set(name, value);
  return response;
}

/** The form of account-driven enrollment ends in a redirect to Apple's sign-in session, which a policy has to allow. */
const DEVICE_SIGN_IN = /^\/account\//;

function contentSecurityPolicy(nonce: string, pathname: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    `form-action 'self'${DEVICE_SIGN_IN.test(pathname) ? " apple-remotemanagement-user-login:" : ""}`,
  ].join("; ");
}

function securityHeaders(policy: string): Record<string, string> {
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    ...(config().publicUrl.startsWith("https://") ? { "strict-transport-security": "max-age=31536000" } : {}),
  };
}
