import { MusterError } from "@/lib/contracts/errors";
import type { Certificate } from "@/lib/crypto/certificate";
import { readCertificate } from "@/lib/crypto/certificate";
import { verifyDetached } from "@/lib/crypto/cms-signed-data";
import type { DeviceExchange } from "@/lib/protocol/device-exchange";

/** The proven holder of a certificate. */
export interface Sender {
  certificate: Certificate;
  /** When the device says it signed; null when it says nothing. */
  signingTime: Date | null;
}

/** A signature of a real device is under 8 KiB; more is not worth decoding. */
const MAX_SIGNATURE_CHARS = 60_000;

/**
 * Who sent this: the signer of `Mdm-Signature` over the exact body, else the TLS client certificate (our own
 * handshake or a trusted proxy's header). Whose authority the certificate is of remains to be seen.
 * @throws MusterError certificate-missing, signature-invalid
 */
export function senderOf(exchange: DeviceExchange): Sender {
  const signature = exchange.headers["mdm-signature"];
  return signature === undefined ? fromTls(exchange.clientCertificate) : fromSignature(signature, exchange.body);
}

function fromTls(der: Buffer | null): Sender {
  if (der === null) throw new MusterError("certificate-missing", "neither Mdm-Signature nor a client certificate");
  try {
    return { certificate: readCertificate(der), signingTime: null };
  } catch (error) {
    throw new MusterError("signature-invalid", "the client certificate cannot be read", { cause: error });
  }
}

function fromSignature(header: string, body: Buffer): Sender {
  if (header.length > MAX_SIGNATURE_CHARS) throw new MusterError("signature-invalid", "Mdm-Signature is too long");
  try {
    const { certificate, signingTime } = verifyDetached(Buffer.from(header, "base64"), body);
    return { certificate, signingTime };
  } catch (error) {
    throw new MusterError("signature-invalid", "Mdm-Signature does not fit the body", { cause: error });
  }
}
