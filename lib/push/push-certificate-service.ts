import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, PushCertificateDto, PushCertificateList, PushCertificateUploaded, UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import type { PushCertificateState } from "@/lib/contracts/words";
import { derToPem, pemToDer } from "@/lib/crypto/pem";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { signal } from "@/lib/db/signals";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { apnsAuthoritiesPem } from "./apns-authorities";
import { keyOfWaitingRequest } from "./certificate-request-service";
import { deleteRequestOfKey } from "./certificate-request-store";
import { checkPushCertificate, refusal, wrongKind } from "./push-certificate-checks";
import {
  countLiveByTopic, deleteTopic, findAppleAccount, findPushCertificate, findPushCertificates, hasPushCertificate, insertPushCertificate,
  lockPushCertificates, type PushCertificateRow,
} from "./push-certificate-store";
import { currentTopic } from "./push-topic";
import { keyPairOf, readCertificates, readKeyPair, type KeyPair } from "./read-key-pair";

/**
 * Takes a push certificate into use: it replaces the earlier one of its topic, and completes the request whose key it
 * has. A topic that no live enrollment has, while others depend on another one, must be confirmed: a device never
 * changes its topic.
 * @throws MusterError certificate-refused and topic-change (both with meta.checks), conflict (it is here already)
 */
export async function uploadPushCertificate(body: UploadPushCertificateBody, actor: string): Promise<PushCertificateUploaded> {
  const upload = await readUpload(body);
  const pem = apnsAuthoritiesPem();
  const checks = checkPushCertificate(upload, pem === null ? [] : pemToDer(pem));
  const topic = upload.leaf.userId;
  if (topic === null || checks.some(({ passed }) => !passed)) throw refusal(checks);
  try {
    const id = await transaction(async (tx) => {
      await lockPushCertificates(tx);
      checks.push(await checkTopicChange(tx, topic, body.confirmTopicChange ?? null, checks));
      const account = body.appleAccount?.trim() || (await findAppleAccount(tx, topic));
      const row = await insertPushCertificate(tx, toNew(upload, topic, account, actor));
      await deleteRequestOfKey(tx, upload.leaf.publicKeyHash);
      const { serialNumber, fingerprint } = row;
      await recordEvents(tx, [{ kind: "push-certificate.uploaded", actor, data: { id: row.id, topic, serialNumber, fingerprint, notAfter: row.notAfter.toISOString() } }]);
      signal("push");
      return row.id;
    });
    return { ...listed(await listPushCertificates(), id), checks };
  } catch (error) {
    if (isUniqueViolation(error)) throw alreadyHere(error);
    throw error;
  }
}

/**
 * Removes every certificate of a topic with its keys.
 * @throws MusterError not-found, conflict while enrollments depend on the topic
 */
export async function removePushCertificate(id: string, actor: string): Promise<PushCertificateList> {
  await transaction(async (tx) => {
    await lockPushCertificates(tx);
    const row = await findPushCertificate(tx, id);
    if (row === null) throw new MusterError("not-found", "There is no such push certificate.");
    const { topic, enrollments } = row;
    if (enrollments > 0) throw new MusterError("conflict", `Live enrollments that depend on this topic: ${enrollments}. Without its certificate they cannot be woken.`, { meta: { enrollments } });
    await deleteTopic(tx, topic);
    await recordEvents(tx, [{ kind: "push-certificate.removed", actor, data: { topic } }]);
    signal("push");
  });
  return listPushCertificates();
}

/** Every push certificate, newest first, and the topic that new profiles get. */
export async function listPushCertificates(): Promise<PushCertificateList> {
  const [rows, { topic, test }] = await Promise.all([findPushCertificates(), currentTopic()]);
  return { items: rows.map((row) => toDto(row, topic)), currentTopic: topic, testTopic: test };
}

/** The sentence an admin types to accept that so many devices must enroll again. */
export function topicChangeConfirmation(enrollments: number): string {
  return `I will re-enroll ${enrollments} ${enrollments === 1 ? "device" : "devices"}`;
}

/** The key comes with the certificate, or has been here all the time. */
async function readUpload(body: UploadPushCertificateBody): Promise<KeyPair> {
  if ("pkcs12" in body) return readKeyPair(body);
  const { certificatePem, privateKeyPem } = body;
  if (privateKeyPem !== undefined) return readKeyPair({ ...body, privateKeyPem });
  const certificates = readCertificates(certificatePem);
  const key = await keyOfWaitingRequest(certificates);
  if (key !== null) return keyPairOf(certificates, key);
  const [first] = certificates;
  if (first !== undefined && (await hasPushCertificate(first.fingerprint))) throw alreadyHere(null);
  const detail = (first === undefined ? null : wrongKind(first)) ?? "This certificate was issued for another key: none of the requests that wait here has it. Upload what Apple's portal gave for the file made here, or upload the key together with the certificate.";
  const checks = [{ name: "Private key", passed: false, detail }];
  throw refusal(checks, "/certificatePem");
}

function alreadyHere(cause: unknown): MusterError {
  return new MusterError("conflict", "This push certificate is here already.", { cause });
}

function listed({ items }: PushCertificateList, id: string): PushCertificateDto {
  const found = items.find((item) => item.id === id);
  if (found === undefined) throw new Error("the push certificate vanished after it was stored");
  return found;
}

async function checkTopicChange(tx: Executor, topic: string, confirmed: string | null, before: readonly CertificateCheck[]): Promise<CertificateCheck> {
  const name = "Same topic as before";
  const live = await countLiveByTopic(tx);
  const [most] = live;
  if (most === undefined) return { name, passed: true, detail: "No device depends on another topic." };
  const own = live.find((entry) => entry.topic === topic);
  if (own) return { name, passed: true, detail: `Live enrollments with this topic: ${own.enrollments}.` };
  const enrollments = live.reduce((sum, entry) => sum + entry.enrollments, 0);
  const confirmation = topicChangeConfirmation(enrollments);
  if (confirmed?.trim() !== confirmation) {
    const detail = `The certificate has the topic ${topic}, but ${enrollments === 1 ? "1 live enrollment depends" : `${enrollments} live enrollments depend`} on ${most.topic}. Was a new certificate made in Apple's portal instead of a renewal, or with another Apple Account? Devices cannot change their topic.`;
    const checks = [...before, { name, passed: false, detail }];
    throw new MusterError("topic-change", detail, { meta: { topic, currentTopic: most.topic, enrollments, confirmation, checks } });
  }
  return { name, passed: true, detail: `Another topic, confirmed. Live enrollments that stay on ${most.topic}: ${enrollments}.` };
}

function toNew({ leaf, chain, privateKey }: KeyPair, topic: string, appleAccount: string | null, createdBy: string) {
  const id = randomUUID();
  const pkcs8 = privateKey.export({ type: "pkcs8", format: "der" });
  const { fingerprint, subject, issuer, serialNumber, notBefore, notAfter } = leaf;
  return {
    id, topic, fingerprint, subject, issuer, serialNumber, notBefore, notAfter, appleAccount, createdBy,
    certificate: leaf.der,
    chainPem: chain.map(({ der }) => derToPem(der)).join(""),
    privateKeySealed: seal(pkcs8, { table: "PushCertificate", row: id, column: "privateKeySealed" }),
  };
}

function stateOf({ replacedAt, topic, enrollments }: PushCertificateRow, newDevicesGet: string): PushCertificateState {
  if (replacedAt !== null) return "replaced";
  if (topic === newDevicesGet) return "current";
  return enrollments > 0 ? "needed" : "retired";
}

function toDto(row: PushCertificateRow, newDevicesGet: string): PushCertificateDto {
  return {
    id: row.id,
    topic: row.topic,
    subject: row.subject,
    issuer: row.issuer,
    serialNumber: row.serialNumber,
    fingerprint: row.fingerprint,
    notBefore: row.notBefore.toISOString(),
    notAfter: row.notAfter.toISOString(),
    appleAccount: row.appleAccount,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    replacedAt: row.replacedAt?.toISOString() ?? null,
    state: stateOf(row, newDevicesGet),
    enrollments: row.enrollments,
  };
}
