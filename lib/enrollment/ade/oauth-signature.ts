import { createHmac } from "node:crypto";
import type { ServerToken } from "@/lib/protocol/ade/server-token";

/** RFC 5849 section 3.6: what JavaScript leaves alone beyond RFC 3986 is escaped as well. */
const escaped = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** The Authorization header of a request without parameters of its own, signed by HMAC-SHA1 (RFC 5849 section 3.4). */
export function oauthHeader(token: ServerToken, request: { method: string; url: string; nonce: string; seconds: number }): string {
  const parameters: [string, string][] = [
    ["oauth_consumer_key", token.consumerKey],
    ["oauth_nonce", request.nonce],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(request.seconds)],
    ["oauth_token", token.accessToken],
    ["oauth_version", "1.0"],
  ];
  // They stand in the order that the signature wants.
  const normalized = parameters.map(([name, value]) => `${name}=${escaped(value)}`).join("&");
  const base = [request.method, request.url, normalized].map(escaped).join("&");
  const key = `${escaped(token.consumerSecret)}&${escaped(token.accessSecret)}`;
  const signature = createHmac("sha1", key).update(base).digest("base64");
  const header = [["realm", "ADM"] as const, ...parameters, ["oauth_signature", signature] as const];
  return `OAuth ${header.map(([name, value]) => `${name}="${escaped(value)}"`).join(", ")}`;
}
