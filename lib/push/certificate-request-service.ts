import { randomUUID, type KeyObject } from "node:crypto";
import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, CreatePushCertificateRequestBody, PushCertificateRequestDto, SignPushCertificateRequestBody } from "@/lib/contracts/push-certificates";
import { hashPublicKey, type Certificate } from "@/lib/crypto/certificate";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { readPrivateKey } from "@/lib/crypto/issue-certificate";
import { makeCertificationRequest, makeEncryptionCertificate } from "@/lib/crypto/make-certification-request";
import { makeRsaKeyPair } from "@/lib/crypto/make-rsa-key-pair";
import { derToPem } from "@/lib/crypto/pem";
import { database } from "@/lib/db/database";
import { seal, unseal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import {
  deleteCertificateRequest, findCertificateRequest, findCertificateRequests, insertCertificateRequest, writeSignature,
  type CertificateRequestRow, type NewCertificateRequest, type RequestSignature,
} from "./certificate-request-store";
import { checkPortalFile, makePortalFile, readPortalFile } from "./portal-file";
import { refusal } from "./push-certificate-checks";
import { findPushCertificates } from "./push-certificate-store";
import { openSigningAnswer } from "./signing-answer";
import { usableVendor } from "./vendor-certificate-service";

const MDMCERT_DOWNLOAD = "https://mdmcert.download/api/v1/signrequest";
/** A signing service answers within days; Apple's portal is not asked for longer than a renewal takes. */
const ENCRYPTION_CERTIFICATE_DAYS = 365;

/**
 * Makes a key, which never leaves, and a CSR for it; signed at once when a vendor certificate is here.
 * @throws MusterError not-found for a topic that no certificate here has
 */
export async function createCertificateRequest(body: CreatePushCertificateRequestBody, actor: string): Promise<PushCertificateRequestDto> {
  const topic = body.topic ?? null;
  if (topic !== null && !(await findPushCertificates()).some((certificate) => certificate.topic === topic)) {
    throw new MusterError("not-found", "No push certificate here has this topic.");
  }
  const request = await newRequest(topic, body.email ?? "", actor);
  const vendor = await usableVendor();
  await transaction(async (tx) => {
    await insertCertificateRequest(tx, request);
    if (vendor !== null) await writeSignature(tx, request.id, signatureBy("vendor", vendor.chain, makePortalFile(request.csr, vendor.chain, vendor.privateKey)));
    await recordEvents(tx, [{ kind: "push-certificate.requested", actor, data: { request: request.id, ...(topic === null ? {} : { topic }), signed: vendor !== null } }]);
  });
  return readCertificateRequest(request.id);
}

/** Every waiting request, newest first. */
export async function listCertificateRequests(): Promise<{ items: PushCertificateRequestDto[] }> {
  return { items: (await findCertificateRequests()).map(toDto) };
}

/** @throws MusterError not-found */
export async function readCertificateRequest(id: string): Promise<PushCertificateRequestDto> {
  return toDto(await found(id));
}

/** Throws the key away: a certificate that Apple issues for it can never be used. @throws MusterError not-found */
export async function discardCertificateRequest(id: string, actor: string): Promise<PushCertificateRequestDto> {
  const row = await found(id);
  await transaction(async (tx) => {
    if (!(await deleteCertificateRequest(tx, id))) throw notFound();
    await recordEvents(tx, [{ kind: "push-certificate.discarded", actor, data: { request: id, ...(row.topic === null ? {} : { topic: row.topic }) } }]);
  });
  return toDto(row);
}

/**
 * Gives a request its file for Apple's portal: signed here, or taken from what a service sent. A service's file that
 * Apple will refuse is kept, for Apple has the last word; its checks say so.
 * @throws MusterError certificate-refused, conflict when no usable vendor certificate is here, not-found
 */
export async function signCertificateRequest(id: string, body: SignPushCertificateRequestBody, actor: string): Promise<PushCertificateRequestDto & { checks: CertificateCheck[] }> {
  const row = await found(id);
  const portalFile = body.by === "vendor" ? await signedHere(row) : signedByService(row, body.answer);
  const file = reading(() => readPortalFile(portalFile));
  const checks = checkPortalFile(file, row.csr);
  if (!file.csr.equals(row.csr)) throw refusal(checks, "/answer");
  const signature = signatureBy(body.by, file.chain, portalFile);
  await transaction(async (tx) => {
    if (!(await writeSignature(tx, id, signature))) throw notFound();
    await recordEvents(tx, [{ kind: "push-certificate.signed", actor, data: { request: id, signer: signature.signer } }]);
  });
  return { ...(await readCertificateRequest(id)), checks };
}

/** The key of the waiting request for which one of these certificates was issued; null when there is none. */
export async function keyOfWaitingRequest(certificates: readonly Certificate[]): Promise<KeyObject | null> {
  const rows = await findCertificateRequests();
  const row = rows.find(({ publicKeyHash }) => certificates.some((certificate) => certificate.publicKeyHash === publicKeyHash));
  return row === undefined ? null : readPrivateKey(unseal(row.privateKeySealed, place(row.id, "privateKeySealed")));
}

async function newRequest(topic: string | null, email: string, createdBy: string): Promise<NewCertificateRequest> {
  const id = randomUUID();
  const [{ privateKey: key, publicKey }, { privateKey: encryptionKey }] = await Promise.all([makeRsaKeyPair(), makeRsaKeyPair()]);
  return {
    id, topic, createdBy,
    csr: await makeCertificationRequest(key, { organization: config().organization, commonName: "Muster MDM push", email }),
    publicKeyHash: hashPublicKey(publicKey),
    privateKeySealed: sealKey(key, id, "privateKeySealed"),
    encryptionCertificate: await makeEncryptionCertificate(encryptionKey, "Muster signing request", ENCRYPTION_CERTIFICATE_DAYS),
    encryptionKeySealed: sealKey(encryptionKey, id, "encryptionKeySealed"),
  };
}

async function signedHere(row: CertificateRequestRow): Promise<string> {
  const vendor = await usableVendor();
  if (vendor === null) throw new MusterError("conflict", "No MDM vendor certificate that is valid now is kept here.");
  return makePortalFile(row.csr, vendor.chain, vendor.privateKey);
}

function signedByService(row: CertificateRequestRow, answer: string): string {
  const key = readPrivateKey(unseal(row.encryptionKeySealed, place(row.id, "encryptionKeySealed")));
  return reading(() => openSigningAnswer(Buffer.from(answer, "base64"), key));
}

function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof CryptoError ? cause.message : "unknown form";
    const detail = `The answer of the signing service cannot be used: ${why}.`;
    throw new MusterError("certificate-refused", detail, { cause, errors: [{ pointer: "/answer", detail }] });
  }
}

function signatureBy(signedBy: "vendor" | "service", chain: readonly Certificate[], portalFile: string): RequestSignature {
  return { signedBy, portalFile, signer: chain[0]?.subject ?? "" };
}

async function found(id: string): Promise<CertificateRequestRow> {
  const row = await findCertificateRequest(database().pool, id);
  if (row === null) throw notFound();
  return row;
}

function notFound(): MusterError {
  return new MusterError("not-found", "This request is not here: it was completed or thrown away.");
}

type SealedColumn = "privateKeySealed" | "encryptionKeySealed";
const place = (row: string, column: SealedColumn) => ({ table: "PushCertificateRequest", row, column });
const sealKey = (key: KeyObject, row: string, column: SealedColumn) => seal(key.export({ type: "pkcs8", format: "der" }), place(row, column));

function toDto(row: CertificateRequestRow): PushCertificateRequestDto {
  const csrPem = derToPem(row.csr, "CERTIFICATE REQUEST");
  const { portalFile, signer, signedAt } = row;
  return {
    id: row.id,
    topic: row.topic,
    appleAccount: row.appleAccount,
    csrPem,
    mdmcertDownload: { url: MDMCERT_DOWNLOAD, csr: base64(csrPem), encrypt: base64(derToPem(row.encryptionCertificate)) },
    signed:
      portalFile === null || signer === null || signedAt === null
        ? null
        : { by: row.signedBy === "vendor" ? "vendor" : "service", signer, at: signedAt.toISOString(), portalFile },
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  };
}

const base64 = (text: string) => Buffer.from(text, "utf8").toString("base64");
