import { sign, verify, type KeyObject } from "node:crypto";
import type { CertificateCheck } from "@/lib/contracts/push-certificates";
import { readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { derToPem, pemToDer } from "@/lib/crypto/pem";
import { bytesOfBase64 } from "@/lib/protocol/plist/base64";
import { textField } from "@/lib/protocol/plist/plist-fields";
import { isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { readPlist } from "@/lib/protocol/plist/read-plist";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { checked } from "./push-certificate-checks";
import { nameOf, problemOfChain } from "./vendor-chain";

/** What Apple's portal is given: a CSR, signed by an MDM vendor whose certificate chains to Apple. */
export interface PortalFile {
  /** DER. */
  csr: Buffer;
  /** From the vendor certificate to the root. */
  chain: Certificate[];
  /** Over the DER of the CSR. */
  signature: Buffer;
}

/**
 * The file for https://identity.apple.com/pushcert: base64 of an XML property list whose values are strings. The
 * signature is RSASSA-PKCS1-v1_5 with SHA-256 over the DER, not the PEM (Apple, "Setting Up Push Notifications for Your MDM Customers").
 */
export function makePortalFile(csr: Buffer, chain: readonly Certificate[], vendorKey: KeyObject): string {
  const plist = writePlist({
    PushCertRequestCSR: csr.toString("base64"),
    PushCertCertificateChain: chain.map(({ der }) => derToPem(der)).join(""),
    PushCertSignature: sign("sha256", csr, vendorKey).toString("base64"),
  });
  return Buffer.from(plist, "utf8").toString("base64");
}

/** Reads such a file, whoever made it. @throws CryptoError with what is wrong */
export function readPortalFile(base64: string): PortalFile {
  const bytes = bytesOfBase64(base64);
  const plist = bytes === null ? null : plistOrNull(bytes);
  if (plist === null) throw new CryptoError("it is not base64 of a property list");
  return {
    csr: bytesAt(plist, "PushCertRequestCSR"),
    chain: pemToDer(textAt(plist, "PushCertCertificateChain")).map(readCertificate),
    signature: bytesAt(plist, "PushCertSignature"),
  };
}

/** What Apple's portal will look at, in words. `csr` is the one that should be in the file. */
export function checkPortalFile(file: PortalFile, csr: Buffer): CertificateCheck[] {
  const [vendor] = file.chain;
  const signed = vendor !== undefined && isSigned(file, vendor.publicKey);
  const problem = problemOfChain(file.chain);
  return [
    checked("Request", file.csr.equals(csr) ? null : "The file holds another request than this one. Upload the answer to this request.", "Holds the request made here."),
    checked("Signature", signed ? null : "The signature does not fit the request: Apple will refuse the file.", `Signed by ${nameOf(vendor?.subject ?? "")}.`),
    checked("Chain", problem === null ? null : `${problem} Apple will refuse the file.`, file.chain.map(({ subject }) => nameOf(subject)).join(" ← ")),
  ];
}

/** SHA-1 was what Apple asked for earlier; some services stay with it. */
function isSigned({ csr, signature }: PortalFile, key: KeyObject): boolean {
  return ["sha256", "sha1"].some((digest) => verify(digest, csr, key, signature));
}

function plistOrNull(bytes: Uint8Array): PlistDictionary | null {
  let value: PlistValue;
  try {
    value = readPlist(bytes);
  } catch {
    return null;
  }
  return isDictionary(value) ? value : null;
}

function textAt(plist: PlistDictionary, key: string): string {
  const text = textField(plist, key);
  if (text === null) throw new CryptoError(`it has no ${key}`);
  return text;
}

function bytesAt(plist: PlistDictionary, key: string): Buffer {
  const bytes = bytesOfBase64(textAt(plist, key));
  if (bytes === null) throw new CryptoError(`its ${key} is not base64`);
  return Buffer.from(bytes);
}
