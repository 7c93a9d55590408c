import { autocommit } from "@/lib/db/prepared";
import { statementBatcher } from "@/lib/db/statement-batcher";
import type { DeviceFacts, RecordedFacts } from "@/lib/protocol/results/inventory";

/** Who a certificate speaks for, and what stands open there: all that a poll needs to know. */
export interface Contact {
  /** Null when the certificate was never issued here; the other fields are then null too. */
  fingerprint: string | null;
  revokedAt: Date | null;
  /** The record of its device was removed. */
  forgottenAt: Date | null;
  certificateTopic: string | null;
  linkId: string | null;
  renewsEnrollmentId: string | null;
  /** The device-channel life the certificate is bound to; null before Authenticate. */
  enrollmentId: string | null;
  deviceId: string | null;
  channelKey: string | null;
  state: string | null;
  endedCause: string | null;
  identityFingerprint: string | null;
  pendingFingerprint: string | null;
  terminationMethod: string | null;
  clockSkewSeconds: number | null;
  /** The life of the user the message names; null on the device channel. */
  userEnrollmentId: string | null;
  /** Of the enrollment the message speaks for, be it the device's or the user's. */
  notNowAt: Date | null;
  notOnConsole: boolean | null;
  fresh: boolean | null;
  /** Commands that have not ended: none, one, or 2 for any more. */
  openCommands: number;
  /** Of the command the message reports on; null when this enrollment was never given it. */
  reportedType: string | null;
  /** What the device has said of itself before; null when it reports on no command. */
  facts: RecordedFacts | null;
}

interface ContactQuestion {
  fingerprint: string;
  /** Null on the device channel. */
  userKey: string | null;
  /** The command it reports on; null when it does not. */
  commandId: string | null;
}

/** Statements for these many questions; the rest of the rows is filled with nothing. */
const SIZES = [1, 2, 4, 8, 16, 32, 64];
const LARGEST = 64;

const FACT_NAMES: readonly (keyof DeviceFacts)[] = ["udid", "name", "model", "modelName", "productName", "osVersion", "buildVersion", "serialNumber", "imei", "meid", "supervised"];
const FACTS = `CASE WHEN r."id" IS NOT NULL THEN jsonb_build_object(${FACT_NAMES.map((name) => `'${name}', v."${name}"`).join(", ")}) END AS "facts"`;

/**
 * A list of rows, not arrays: then the plan for any values is as good as one for these values, and PostgreSQL
 * keeps it. Planning this statement costs three times as much as running it.
 */
function contactSql(size: number): string {
  const rows = Array.from({ length: size }, (_, index) => `($${index * 3 + 1}::text, $${index * 3 + 2}::text, $${index * 3 + 3}::uuid, ${index})`);
  return `
  SELECT i."fingerprint", i."revokedAt", i."forgottenAt", i."topic" AS "certificateTopic", i."linkId", i."renewsEnrollmentId",
    d."id" AS "enrollmentId", d."deviceId", d."channelKey", d."state", d."endedCause", d."identityFingerprint", d."pendingFingerprint",
    d."terminationMethod", d."clockSkewSeconds", u."id" AS "userEnrollmentId", e."notNowAt", e."notOnConsole",
    e."firstConnectAt" IS NULL OR e."pushesUnanswered" > 0 OR e."notNowAt" IS NOT NULL AS "fresh",
    (SELECT count(*)::int FROM (SELECT 1 FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL LIMIT 2) o) AS "openCommands",
    r."requestType" AS "reportedType", ${FACTS}
  FROM (VALUES ${rows.join(", ")}) AS q("fingerprint","userKey","commandId","n")
  LEFT JOIN "Identity" i ON i."fingerprint" = q."fingerprint"
  LEFT JOIN "Enrollment" d ON d."id" = i."enrollmentId"
  LEFT JOIN "Enrollment" u ON u."liveKey" = q."userKey" AND u."parentId" = d."id"
  LEFT JOIN "Enrollment" e ON e."id" = CASE WHEN q."userKey" IS NULL THEN d."id" ELSE u."id" END
  LEFT JOIN "Command" r ON r."id" = q."commandId" AND r."enrollmentId" = e."id"
  LEFT JOIN "Device" v ON r."id" IS NOT NULL AND v."id" = d."deviceId"
  ORDER BY q."n"`;
}
const STATEMENTS = new Map(SIZES.map((size) => [size, contactSql(size)]));

async function askContacts(questions: ContactQuestion[]): Promise<Contact[]> {
  const size = SIZES.find((known) => known >= questions.length) ?? LARGEST;
  const values: (string | null)[] = questions.flatMap((question) => [question.fingerprint, question.userKey, question.commandId]);
  while (values.length < size * 3) values.push(null);
  const { rows } = await autocommit.query<Contact>(STATEMENTS.get(size) ?? "", values);
  return rows.slice(0, questions.length);
}

/** Reads the contact behind a certificate; calls that come together share one statement. */
export const readContact = statementBatcher(askContacts, { slots: 2, batch: LARGEST });
