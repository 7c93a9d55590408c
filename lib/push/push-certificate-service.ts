import { randomUUID } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck, PushCertificateDto, PushCertificateList, PushCertificateUploaded, UploadPushCertificateBody } from "@/lib/contracts/push-certificates";
import { derToPem, pemToDer } from "@/lib/crypto/pem";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { signal } from "@/lib/db/signals";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { apnsAuthoritiesPem } from "./apns-authorities";
import { checkPushCertificate } from "./push-certificate-checks";
import { countLiveByTopic, findPushCertificates, insertPushCertificate, lockPushCertificates, type PushCertificateRow } from "./push-certificate-store";
import { currentTopic } from "./push-topic";
import { readPushCertificate, type UploadedPushCertificate } from "./read-push-certificate";

/**
 * Takes a push certificate into use: it replaces the earlier one of its topic. A topic that no live enrollment
 * has, while others depend on another one, must be confirmed: a device never changes its topic.
 * @throws MusterError certificate-refused (meta.checks), topic-change (meta.confirmation), conflict (it is here already)
 */
export async function uploadPushCertificate(body: UploadPushCertificateBody, actor: string): Promise<PushCertificateUploaded> {
  const upload = readPushCertificate(body);
  const pem = apnsAuthoritiesPem();
  const checks = checkPushCertificate(upload, pem === null ? [] : pemToDer(pem));
  const topic = upload.leaf.userId;
  if (topic === null || checks.some(({ passed }) => !passed)) throw refusal(checks);
  try {
    return await transaction(async (tx) => {
      await lockPushCertificates(tx);
      checks.push(await checkTopicChange(tx, topic, body.confirmTopicChange ?? null));
      const row = await insertPushCertificate(tx, toNew(upload, topic, body.appleAccount?.trim() || null, actor));
      const { id, serialNumber, fingerprint } = row;
      await recordEvents(tx, [{ kind: "push-certificate.uploaded", actor, data: { id, topic, serialNumber, fingerprint, notAfter: row.notAfter.toISOString() } }]);
      signal("push");
      return { ...toDto(row), checks };
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new MusterError("conflict", "This push certificate is here already.", { cause: error });
    throw error;
  }
}

/** Every push certificate, newest first, and the topic that new profiles get. */
export async function listPushCertificates(): Promise<PushCertificateList> {
  const [rows, { topic, test }] = await Promise.all([findPushCertificates(), currentTopic()]);
  return { items: rows.map(toDto), currentTopic: topic, testTopic: test };
}

/** The sentence an admin types to accept that so many devices must enroll again. */
export function topicChangeConfirmation(enrollments: number): string {
  return `I will re-enroll ${enrollments} ${enrollments === 1 ? "device" : "devices"}`;
}

async function checkTopicChange(tx: Executor, topic: string, confirmed: string | null): Promise<CertificateCheck> {
  const name = "Same topic as before";
  const live = await countLiveByTopic(tx);
  const [most] = live;
  if (most === undefined) return { name, passed: true, detail: "No device depends on another topic." };
  const own = live.find((entry) => entry.topic === topic);
  if (own) return { name, passed: true, detail: `Live enrollments with this topic: ${own.enrollments}.` };
  const enrollments = live.reduce((sum, entry) => sum + entry.enrollments, 0);
  const confirmation = topicChangeConfirmation(enrollments);
  if (confirmed?.trim() !== confirmation) {
    throw new MusterError(
      "topic-change",
      `The certificate has the topic ${topic}, but ${enrollments} live enrollments depend on ${most.topic}. Was a new certificate made in Apple's portal instead of a renewal, or with another Apple Account? Devices cannot change their topic.`,
      { meta: { topic, currentTopic: most.topic, enrollments, confirmation } },
    );
  }
  return { name, passed: true, detail: `Another topic, confirmed: ${enrollments} live enrollments stay on ${most.topic}.` };
}

function refusal(checks: readonly CertificateCheck[]): MusterError {
  const failed = checks.filter(({ passed }) => !passed);
  return new MusterError("certificate-refused", failed.map(({ detail }) => detail).join(" "), { meta: { checks } });
}

function toNew({ leaf, chain, privateKey }: UploadedPushCertificate, topic: string, appleAccount: string | null, createdBy: string) {
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

function toDto(row: PushCertificateRow): PushCertificateDto {
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
    enrollments: row.enrollments,
  };
}
