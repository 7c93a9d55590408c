import { createPrivateKey, type KeyObject } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { isKeyOf, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { pemToDer } from "@/lib/crypto/pem";
import { openPkcs12 } from "@/lib/crypto/pkcs12";

export interface UploadedPushCertificate {
  leaf: Certificate;
  /** The other certificates of the upload. */
  chain: Certificate[];
  privateKey: KeyObject;
}

/**
 * Reads either form of upload. The leaf is the certificate of the private key, else the first one.
 * @throws MusterError certificate-refused when it cannot be read; the message says why
 */
export function readPushCertificate(body: UploadPushCertificateBody): UploadedPushCertificate {
  const { ders, privateKey } = "pkcs12" in body ? fromPkcs12(body.pkcs12, body.password ?? "") : fromPem(body.certificatePem, body.privateKeyPem);
  const certificates = ders.map((der) => reading("certificate", () => readCertificate(der)));
  const leaf = certificates.find((certificate) => isKeyOf(privateKey, certificate)) ?? certificates[0];
  if (leaf === undefined) throw new MusterError("certificate-refused", "There is no certificate in the upload.");
  return { leaf, chain: certificates.filter((certificate) => certificate !== leaf), privateKey };
}

function fromPkcs12(base64: string, password: string): { ders: Buffer[]; privateKey: KeyObject } {
  const { certificates, privateKey } = reading("PKCS #12 file", () => openPkcs12(Buffer.from(base64, "base64"), password));
  return { ders: certificates, privateKey };
}

function fromPem(certificatePem: string, privateKeyPem: string): { ders: Buffer[]; privateKey: KeyObject } {
  return {
    ders: reading("certificate", () => pemToDer(certificatePem)),
    privateKey: reading("private key", () => privateKeyOf(privateKeyPem)),
  };
}

function privateKeyOf(pem: string): KeyObject {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) {
    throw new CryptoError("it is encrypted; decrypt it first, or upload a PKCS #12 file with its password");
  }
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new CryptoError("it is not a private key in PEM form", { cause }); // OpenSSL's own words help nobody
  }
}

function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof CryptoError ? cause.message : "unknown form";
    throw new MusterError("certificate-refused", `The ${what} cannot be read: ${why}.`, { cause });
  }
}
