import { CryptoError } from "./crypto-error";

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/**
 * The contents of all PEM blocks with this label, in order (RFC 7468); text between blocks is skipped.
 * @throws CryptoError when there is no such block
 */
export function pemToDer(pem: string, label = "CERTIFICATE"): Buffer[] {
  const ders: Buffer[] = [];
  for (const [, found, body] of pem.matchAll(BLOCK)) {
    if (found === label && body !== undefined) ders.push(Buffer.from(body, "base64"));
  }
  if (ders.length === 0) throw new CryptoError(`no PEM block named ${label}`);
  return ders;
}

/** One PEM block with lines of 64 characters (RFC 7468 section 2). */
export function derToPem(der: Uint8Array, label = "CERTIFICATE"): string {
  const lines = Buffer.from(der).toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
