import { createHmac } from "node:crypto";
import { timingSafeEqualText } from "@/lib/crypto/fingerprint";

export interface MintedToken {
  consumer_key: string;
  consumer_secret: string;
  access_token: string;
  access_secret: string;
  access_token_expiry: string;
}

const CLOCK_SECONDS = 300;

/** What is wrong with an OAuth 1.0a header, in Apple's words; null when it is right. Written from RFC 5849, not from the client. */
export function oauthProblem(header: string | undefined, request: { method: string; url: string }, tokens: ReadonlyMap<string, MintedToken>, nonces: Set<string>): string | null {
  if (header === undefined || !header.startsWith("OAuth ")) return "oauth_problem_adviceparameter_absent";
  const given = new Map([...header.slice(6).matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, decodeURIComponent(value)]));
  if (given.get("realm") !== "ADM" || given.get("oauth_signature_method") !== "HMAC-SHA1" || given.get("oauth_version") !== "1.0") return "oauth_problem_parameter_rejected";
  const token = tokens.get(given.get("oauth_token") ?? "");
  if (token === undefined || token.consumer_key !== given.get("oauth_consumer_key")) return "token_rejected";
  if (Math.abs(Number(given.get("oauth_timestamp")) - Date.now() / 1000) > CLOCK_SECONDS) return "timestamp_refused";
  const nonce = given.get("oauth_nonce") ?? "";
  if (nonce.length < 8 || nonces.has(nonce)) return "nonce_used";
  nonces.add(nonce);
  const signed = [...given].filter(([name]) => name !== "realm" && name !== "oauth_signature").map(([name, value]) => `${percent(name)}=${percent(value)}`).sort();
  const base = `${request.method}&${percent(request.url)}&${percent(signed.join("&"))}`;
  const expected = createHmac("sha1", `${percent(token.consumer_secret)}&${percent(token.access_secret)}`).update(base).digest("base64");
  if (!timingSafeEqualText(expected, given.get("oauth_signature") ?? "")) return "signature_invalid";
  return Date.parse(token.access_token_expiry) < Date.now() ? "token_expired" : null;
}

/** Unreserved characters stay (RFC 3986 section 2.3), every other byte is written as %XX. */
function percent(text: string): string {
  return [...Buffer.from(text, "utf8")].map((byte) => (/[A-Za-z0-9._~-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)).join("");
}
