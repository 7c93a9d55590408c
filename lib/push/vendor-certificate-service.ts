import { randomUUID, type KeyObject } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, KeyPairUpload, VendorCertificateDto, VendorCertificateUploaded } from "@/lib/contracts/push-certificates";
import { isKeyOf, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { readPrivateKey } from "@/lib/crypto/issue-certificate";
import { derToPem, pemToDer } from "@/lib/crypto/pem";
import { seal, unseal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { checked, refusal } from "./push-certificate-checks";
import { readKeyPair, type KeyPair } from "./read-key-pair";
import { buildVendorChain, isValidNow, nameOf, validityWords, type VendorChain } from "./vendor-chain";
import { deleteVendorCertificate, findVendorCertificate, replaceVendorCertificate, type VendorCertificateRow } from "./vendor-certificate-store";

/** What signs CSRs: the key, and the chain from its certificate to the root. */
export interface Vendor {
  chain: Certificate[];
  privateKey: KeyObject;
}

/** The MDM vendor certificate without its key. */
export async function readVendorCertificate(): Promise<VendorCertificateDto> {
  return toDto(await findVendorCertificate());
}

/**
 * Keeps an MDM vendor certificate, its chain put in order and its key sealed; it replaces the one before.
 * @throws MusterError certificate-refused (meta.checks)
 */
export async function uploadVendorCertificate(upload: KeyPairUpload, actor: string): Promise<VendorCertificateUploaded> {
  const pair = readKeyPair(upload);
  const built = buildVendorChain(pair.leaf, pair.chain);
  const checks = checkVendorCertificate(pair, built);
  if (checks.some(({ passed }) => !passed)) throw refusal(checks);
  const { subject, serialNumber, notAfter } = pair.leaf;
  await transaction(async (tx) => {
    await replaceVendorCertificate(tx, toRow(pair, built.chain, actor));
    await recordEvents(tx, [{ kind: "vendor-certificate.uploaded", actor, data: { subject, serialNumber, notAfter: notAfter.toISOString() } }]);
  });
  return { ...(await readVendorCertificate()), checks };
}

/** Forgets certificate and key. */
export async function removeVendorCertificate(actor: string): Promise<VendorCertificateDto> {
  await transaction(async (tx) => {
    const subject = await deleteVendorCertificate(tx);
    if (subject === null) throw new MusterError("not-found", "There is no vendor certificate here.");
    await recordEvents(tx, [{ kind: "vendor-certificate.removed", actor, data: { subject } }]);
  });
  return { vendor: null };
}

/** Ready to sign; null when there is no vendor certificate or its time is over. */
export async function usableVendor(): Promise<Vendor | null> {
  const row = await findVendorCertificate();
  if (row === null) return null;
  const chain = pemToDer(row.chainPem).map(readCertificate);
  if (!chain.every(isValidNow)) return null;
  return { chain, privateKey: readPrivateKey(unseal(row.privateKeySealed, place(row.id))) };
}

function checkVendorCertificate({ leaf, privateKey }: KeyPair, { chain, problem }: VendorChain): CertificateCheck[] {
  const isPush = leaf.userId?.startsWith("com.apple.mgmt.") === true;
  return [
    checked("Private key", isKeyOf(privateKey, leaf) ? null : "The private key belongs to another certificate.", "The private key belongs to the certificate."),
    checked("Kind of key", privateKey.asymmetricKeyType === "rsa" ? null : "Apple takes signatures of RSA keys only.", "An RSA key."),
    checked(
      "Purpose",
      isPush || leaf.isAuthority ? `This is ${isPush ? "a push certificate" : "the certificate of an authority"}, not one of an MDM vendor.` : null,
      `${nameOf(leaf.subject)}, issued by ${nameOf(leaf.issuer)}.`,
    ),
    checked("Validity", isValidNow(leaf) ? null : `It ${validityWords(leaf)}.`, `Valid until ${leaf.notAfter.toISOString().slice(0, 10)}.`),
    checked("Chain", isValidNow(leaf) ? problem : null, chain.map(({ subject }) => nameOf(subject)).join(" ← ")),
  ];
}

const place = (row: string) => ({ table: "VendorCertificate", row, column: "privateKeySealed" });

function toRow({ leaf, privateKey }: KeyPair, chain: readonly Certificate[], createdBy: string): Omit<VendorCertificateRow, "createdAt"> {
  const id = randomUUID();
  const { fingerprint, subject, issuer, serialNumber, notBefore, notAfter } = leaf;
  return {
    id, fingerprint, subject, issuer, serialNumber, notBefore, notAfter, createdBy,
    chainPem: chain.map(({ der }) => derToPem(der)).join(""),
    privateKeySealed: seal(privateKey.export({ type: "pkcs8", format: "der" }), place(id)),
  };
}

function toDto(row: VendorCertificateRow | null): VendorCertificateDto {
  if (row === null) return { vendor: null };
  const { subject, issuer, serialNumber, fingerprint, createdBy } = row;
  return {
    vendor: {
      subject, issuer, serialNumber, fingerprint, createdBy,
      notBefore: row.notBefore.toISOString(),
      notAfter: row.notAfter.toISOString(),
      createdAt: row.createdAt.toISOString(),
    },
  };
}
