import { randomUUID, type KeyObject } from "node:crypto";
import { config } from "@/lib/config/config";
import { log } from "@/lib/config/log";
import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { signAttached } from "@/lib/crypto/cms-signed-data";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { makeRsaKeyPair } from "@/lib/crypto/make-rsa-key-pair";
import { database, type Executor } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import {
  insertServerCertificate,
  listServerCertificates,
  lockServerCertificates,
  retireServerCertificates,
  type ServerCertificateRole,
  type ServerCertificateRow,
} from "./server-certificate-store";
import { tlsSigner } from "./tls-signer";

/** A certificate whose key this server holds. */
export interface Authority {
  id: string;
  certificate: Certificate;
  privateKey: KeyObject;
}

const AUTHORITY_DAYS = 3650;
const SIGNER_DAYS = 3650;
/** Rest of life below which the next start makes a new one; an authority must outlive the identities it issues. */
const AUTHORITY_RENEWAL_DAYS = 400;
const SIGNER_RENEWAL_DAYS = 60;
const DAY_MS = 86_400_000;
const MAX_AGE_MS = 60_000;

interface Loaded {
  authorities: Promise<Authority[]> | null;
  loadedAt: number;
}
const loaded = processWide<Loaded>("device-authorities", () => ({ authorities: null, loadedAt: 0 }));

/**
 * Makes the device CA and the signer of profiles at the first start, and again before they end. Nodes that start
 * together end with the same ones.
 */
export async function ensureServerCertificates(): Promise<void> {
  await transaction(async (tx) => {
    await lockServerCertificates(tx);
    const authority = (await inUse(tx, "device-ca", AUTHORITY_RENEWAL_DAYS)) ?? (await addAuthority(tx));
    if ((await inUse(tx, "profile-signing", SIGNER_RENEWAL_DAYS)) === null) await makeProfileSigner(tx, authority);
  });
  forgetLoadedAuthorities();
}

/**
 * Our device CAs: the one that issues first, then those still trusted for what they have issued. Kept in memory for a
 * minute, for another node may have made or retired one.
 */
export async function deviceAuthorities(): Promise<Authority[]> {
  if (Date.now() - loaded.loadedAt > MAX_AGE_MS) forgetLoadedAuthorities();
  loaded.authorities ??= loadAuthorities();
  return loaded.authorities;
}

/** The CA that issues. @throws MusterError not-ready before the first start has made it */
export async function issuingAuthority(): Promise<Authority> {
  const [first] = await deviceAuthorities();
  if (first === undefined) throw new MusterError("not-ready", "there is no device CA yet");
  return first;
}

/** The CA of ours that has issued this certificate; null when none is known to have. */
export async function authorityOf(der: Buffer): Promise<Authority | null> {
  const { issuerDer } = readCertificate(der);
  return (await deviceAuthorities()).find(({ certificate }) => certificate.subjectDer.equals(issuerDer)) ?? null;
}

/** Reads the CAs again unless that was done within `maxAgeMs`: another node may have made one. */
export async function freshDeviceAuthorities(maxAgeMs: number): Promise<Authority[]> {
  if (Date.now() - loaded.loadedAt > maxAgeMs) forgetLoadedAuthorities();
  return deviceAuthorities();
}

/**
 * The profile as signed CMS with its chain. With TLS of our own the TLS certificate signs: devices that trust it
 * show the profile as verified.
 */
export async function signProfile(xml: string): Promise<Buffer> {
  const { tls } = config();
  const signer = tls === null ? await ownProfileSigner() : await tlsSigner(tls);
  return signAttached({ content: Buffer.from(xml), ...signer });
}

async function ownProfileSigner() {
  const [[row], authorities] = await Promise.all([listServerCertificates(database().pool, "profile-signing"), listServerCertificates(database().pool, "device-ca")]);
  if (row === undefined) throw new MusterError("not-ready", "there is no certificate for signing profiles yet");
  const { certificate, privateKey } = opened(row);
  const issuer = authorities.map((authority) => readCertificate(authority.certificate)).find(({ subjectDer }) => subjectDer.equals(certificate.issuerDer));
  return { certificate: certificate.der, privateKey, chain: issuer ? [issuer.der] : [] };
}

async function inUse(tx: Executor, role: ServerCertificateRole, days: number): Promise<Authority | null> {
  const [row] = await listServerCertificates(tx, role);
  if (row === undefined || row.retiredAt !== null) return null;
  const current = opened(row);
  return current.certificate.notAfter.getTime() - Date.now() > days * DAY_MS ? current : null;
}

/** Whether the newest device CA is younger; no other node makes one until the transaction ends. */
export async function isAuthorityFresh(tx: Executor, ageMs: number): Promise<boolean> {
  await lockServerCertificates(tx);
  const [row] = await listServerCertificates(tx, "device-ca");
  return row !== undefined && row.createdAt.getTime() > Date.now() - ageMs;
}

/** Makes a device CA that issues from now on. The one before stays trusted. */
export async function addAuthority(tx: Executor): Promise<Authority> {
  const { organization } = config();
  // The number tells CAs of several generations apart: issuers are found by name.
  const commonName = `Muster Device CA ${randomUUID().slice(0, 8)}`;
  const made = await createAuthority({ commonName, organization, days: AUTHORITY_DAYS });
  return keep(tx, "device-ca", made.certificate, made.privateKeyPkcs8);
}

async function makeProfileSigner(tx: Executor, authority: Authority): Promise<void> {
  const { organization } = config();
  const { publicKey, privateKey } = await makeRsaKeyPair();
  const certificate = await issueCertificate({
    authority: { certificate: authority.certificate.der, privateKey: authority.privateKey },
    publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
    subject: { commonName: `${organization} device management`, organization },
    days: SIGNER_DAYS,
    backdateHours: 24,
    usage: "profile-signing",
  });
  await retireServerCertificates(tx, "profile-signing");
  await keep(tx, "profile-signing", certificate, privateKey.export({ type: "pkcs8", format: "der" }));
}

async function keep(tx: Executor, role: ServerCertificateRole, der: Buffer, privateKeyPkcs8: Buffer): Promise<Authority> {
  const id = randomUUID();
  const certificate = readCertificate(der);
  await insertServerCertificate(tx, role, { id, certificate, privateKeySealed: seal(privateKeyPkcs8, placeOfKey(id)) });
  log.info("Server certificate made", { role, subject: certificate.subject, notAfter: certificate.notAfter });
  return { id, certificate, privateKey: readPrivateKey(privateKeyPkcs8) };
}

async function loadAuthorities(): Promise<Authority[]> {
  loaded.loadedAt = Date.now();
  try {
    const rows = await listServerCertificates(database().pool, "device-ca");
    if (rows.length === 0) forgetLoadedAuthorities();
    return rows.filter(({ retiredAt }) => retiredAt === null).map(opened);
  } catch (error) {
    forgetLoadedAuthorities();
    throw error;
  }
}

/** The next who asks reads them anew. */
export function forgetLoadedAuthorities(): void {
  loaded.authorities = null;
}

function opened(row: ServerCertificateRow): Authority {
  const privateKey = readPrivateKey(unseal(row.privateKeySealed, placeOfKey(row.id)));
  return { id: row.id, certificate: readCertificate(row.certificate), privateKey };
}

function placeOfKey(id: string) {
  return { table: "ServerCertificate", row: id, column: "privateKeySealed" };
}
