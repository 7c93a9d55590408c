import type { KeyObject } from "node:crypto";
import { openEnvelope } from "@/lib/crypto/cms-enveloped-data";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { readSmimeEnvelope } from "@/lib/crypto/smime-envelope";

/**
 * The file for Apple's portal out of what a signing service sent: as it is, or in a PKCS #7 envelope for the key given,
 * which mdmcert.download writes in hex into a .p7 file; PEM, base64, S/MIME and DER are taken too. Base64 on one line.
 * @throws CryptoError when it is neither or does not open
 */
export function openSigningAnswer(answer: Buffer, recipientKey: KeyObject): string {
  const envelope = envelopeIn(answer);
  const content = envelope === null ? answer : open(envelope, recipientKey);
  return content.toString("latin1").replace(/\s+/g, "");
}

function open(envelope: Buffer, recipientKey: KeyObject): Buffer {
  try {
    return openEnvelope(envelope, recipientKey).content;
  } catch (cause) {
    if (cause instanceof CryptoError && cause.message === "not an EnvelopedData message") throw cause;
    throw new CryptoError("it does not open with the key of this request; it answers another one", { cause });
  }
}

/** The DER of the envelope; null when the answer is none. */
function envelopeIn(answer: Buffer): Buffer | null {
  const hex = answer.toString("latin1").replace(/\s+/g, "");
  if (/^30[0-9a-f]+$/i.test(hex)) return Buffer.from(hex, "hex");
  try {
    return readSmimeEnvelope(answer);
  } catch {
    return null;
  }
}
