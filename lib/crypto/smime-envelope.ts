import { CryptoError } from "./crypto-error";

/**
 * The CMS inside a .p7m file: as it is, in PEM, in an S/MIME message with one part (RFC 8551 section 3.3), or any of these
 * in base64. Browsers, mail programs and shells turn one into the other.
 * @throws CryptoError when it is none of these
 */
export function readSmimeEnvelope(file: Buffer): Buffer {
  const cms = isCms(file) ? file : unwrapped(file);
  const inner = isCms(cms) ? cms : unwrapped(cms);
  if (!isCms(inner)) throw new CryptoError("neither an S/MIME message nor CMS");
  return inner;
}

/** A SEQUENCE, and no text. */
const isCms = (bytes: Buffer) => bytes[0] === 0x30 && (bytes[1] ?? 0) >= 0x80;

function unwrapped(file: Buffer): Buffer {
  const text = file.toString("latin1").replaceAll("\r\n", "\n").trim();
  const armored = /-----BEGIN (?:PKCS7|CMS)-----\n([^-]+)/.exec(text)?.[1];
  const body = armored ?? (/^[\w-]+:/.test(text) ? text.slice(text.indexOf("\n\n")) : text);
  return Buffer.from(body, "base64");
}
