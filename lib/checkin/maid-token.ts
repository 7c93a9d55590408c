import { randomUUID, sign } from "node:crypto";
import type { AdeTokenKey } from "@/lib/pki/ade-token-key";

/** The JSON Web Token by which a device signs in a Managed Apple Account (Apple, "Get Token"): RS256, RFC 7519. */
export function maidToken({ privateKey, serverUuid }: AdeTokenKey, now: Date): string {
  const claims = { iss: serverUuid, iat: Math.floor(now.getTime() / 1000), jti: randomUUID(), service_type: "com.apple.maid" };
  const signed = [{ alg: "RS256", typ: "JWT" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${signed}.${sign("sha256", Buffer.from(signed), privateKey).toString("base64url")}`;
}
