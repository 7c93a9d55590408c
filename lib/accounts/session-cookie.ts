import { config } from "@/lib/config/config";

/** next-auth's own name for it; the prefix keeps a cookie of HTTPS from being set by plain HTTP. */
export function sessionCookieName(): string {
  return `${hasSecureCookies() ? "__Secure-" : ""}next-auth.session-token`;
}

/** Cookies are bound to HTTPS exactly when people reach the console by it. */
export function hasSecureCookies(): boolean {
  return config().publicUrl.startsWith("https://");
}
