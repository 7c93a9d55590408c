import { createPrivateKey, type KeyObject } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { KeyPairUpload } from "@/lib/contracts/push-certificates";
import { isKeyOf, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { pemToDer } from "@/lib/crypto/pem";
import { openPkcs12 } from "@/lib/crypto/pkcs12";
import { bytesOfBase64 } from "@/lib/protocol/plist/base64";

export interface KeyPair {
  leaf: Certificate;
  /** The other certificates of the upload. */
  chain: Certificate[];
  privateKey: KeyObject;
}

/**
 * Reads either form of upload. The leaf is the certificate of the private key, else the first one.
 * @throws MusterError certificate-refused when it cannot be read; it says why, and at which field
 */
export function readKeyPair(upload: KeyPairUpload): KeyPair {
  if ("pkcs12" in upload) return fromPkcs12(Buffer.from(upload.pkcs12, "base64"), upload.password ?? "");
  const certificates = readCertificates(upload.certificatePem);
  return keyPairOf(certificates, readKey(upload.privateKeyPem, upload.privateKeyPassword ?? ""));
}

/** The certificates of a PEM file. @throws MusterError certificate-refused with what the file is instead */
export function readCertificates(pem: string): Certificate[] {
  const at = "/certificatePem";
  const instead = whatItIs(pem);
  if (instead !== null) throw refused(at, instead);
  return reading(at, "certificate", () => pemToDer(pem).map(readDer));
}

export function keyPairOf(certificates: readonly Certificate[], privateKey: KeyObject): KeyPair {
  const leaf = certificates.find((certificate) => isKeyOf(privateKey, certificate)) ?? certificates[0];
  if (leaf === undefined) throw refused("/certificatePem", "There is no certificate in the upload.");
  return { leaf, chain: certificates.filter((certificate) => certificate !== leaf), privateKey };
}

function fromPkcs12(file: Buffer, password: string): KeyPair {
  if (file.includes("-----BEGIN ")) throw refused("/pkcs12", "This is a PEM file, not a PKCS #12 file: upload it as PEM.");
  const { certificates, privateKey } = reading("/pkcs12", "PKCS #12 file", () => openPkcs12(file, password));
  return keyPairOf(certificates.map((der) => reading("/pkcs12", "certificate", () => readDer(der))), privateKey);
}

function readKey(pem: string, password: string): KeyObject {
  const at = "/privateKeyPem";
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem);
  if (encrypted && password === "") throw refused("/privateKeyPassword", "The private key is protected by a password. Enter it.");
  try {
    return createPrivateKey(encrypted ? { key: pem, passphrase: password } : pem);
  } catch (cause) {
    // OpenSSL's own words help nobody.
    if (encrypted) throw refused("/privateKeyPassword", "The private key does not open: the password is wrong, or its encryption is too old (then rewrite it with openssl pkey).", cause);
    const certificate = /-----BEGIN (TRUSTED |X509 )?CERTIFICATE/.test(pem);
    throw refused(at, certificate ? "This is a certificate. The private key is wanted here." : "The private key cannot be read: it is not a private key in PEM form.", cause);
  }
}

/** A sentence about a file that is known and not a certificate; null when it may be one. */
function whatItIs(text: string): string | null {
  if (text.includes("-----BEGIN CERTIFICATE-----")) return null;
  if (/-----BEGIN (NEW )?CERTIFICATE REQUEST-----/.test(text)) {
    return "This is a certificate signing request, not a certificate. Upload the file that Apple's portal gave back for it.";
  }
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return "This is a private key. The certificate is wanted here.";
  if (/-----BEGIN (PKCS7|CMS)-----/.test(text)) return "This is a PKCS #7 file, perhaps the answer of a signing service. The certificate from Apple's portal is wanted here.";
  if (/^\s*<(!doctype html|html)/i.test(text)) return "This is a web page, not a certificate. Was the session at Apple's portal over when the file was saved?";
  const decoded = bytesOfBase64(text);
  if (decoded !== null && Buffer.from(decoded).includes("PushCertRequestCSR")) {
    return "This is the file for Apple's portal. Upload it there; what the portal gives back is wanted here.";
  }
  return null;
}

/** PKCS #12 begins with its version, 3 (RFC 7292 section 4). */
const PKCS12_START = /^30(?:80|8[1-4](?:..){1,4}?)020103/;

function readDer(der: Buffer): Certificate {
  if (PKCS12_START.test(der.subarray(0, 12).toString("hex"))) throw new CryptoError("it is a PKCS #12 file; choose that kind of file");
  return readCertificate(der);
}

function reading<T>(at: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof CryptoError ? cause.message : "unknown form";
    throw refused(at, `The ${what} cannot be read: ${why}.`, cause);
  }
}

function refused(pointer: string, detail: string, cause?: unknown): MusterError {
  return new MusterError("certificate-refused", detail, { cause, errors: [{ pointer, detail }] });
}
