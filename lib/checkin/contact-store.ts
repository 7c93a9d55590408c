import { autocommit } from "@/lib/db/prepared";
import { statementBatcher } from "@/lib/db/statement-batcher";

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
}

interface ContactQuestion {
  fingerprint: string;
  /** Null on the device channel. */
  userKey: string | null;
}

/** Statements for these many questions; the rest of the rows is filled with nothing. */
const SIZES = [1, 2, 4, 8, 16, 32, 64];
const LARGEST = 64;

/**
 * A list of rows, not arrays: then the plan for any values is as good as one for these values, and PostgreSQL
 * keeps it. Planning this statement costs three times as much as running it.
 */
function contactSql(size: number): string {
  const rows = Array.from({ length: size }, (_, index) => `($${index * 2 + 1}::text, $${index * 2 + 2}::text, ${index})`);
  return `
  SELECT i."fingerprint", i."revokedAt", i."forgottenAt", i."topic" AS "certificateTopic", i."linkId", i."renewsEnrollmentId",
    d."id" AS "enrollmentId", d."deviceId", d."channelKey", d."state", d."endedCause", d."identityFingerprint", d."pendingFingerprint",
    d."terminationMethod", d."clockSkewSeconds", u."id" AS "userEnrollmentId", e."notNowAt", e."notOnConsole",
    e."firstConnectAt" IS NULL OR e."pushesUnanswered" > 0 OR e."notNowAt" IS NOT NULL AS "fresh",
    (SELECT count(*)::int FROM (SELECT 1 FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL LIMIT 2) o) AS "openCommands"
  FROM (VALUES ${rows.join(", ")}) AS q("fingerprint","userKey","n")
  LEFT JOIN "Identity" i ON i."fingerprint" = q."fingerprint"
  LEFT JOIN "Enrollment" d ON d."id" = i."enrollmentId"
  LEFT JOIN "Enrollment" u ON u."liveKey" = q."userKey" AND u."parentId" = d."id"
  LEFT JOIN "Enrollment" e ON e."id" = CASE WHEN q."userKey" IS NULL THEN d."id" ELSE u."id" END
  ORDER BY q."n"`;
}
const STATEMENTS = new Map(SIZES.map((size) => [size, contactSql(size)]));

async function askContacts(questions: ContactQuestion[]): Promise<Contact[]> {
  const size = SIZES.find((known) => known >= questions.length) ?? LARGEST;
  const values: (string | null)[] = questions.flatMap((question) => [question.fingerprint, question.userKey]);
  while (values.length < size * 2) values.push(null);
  const { rows } = await autocommit.query<Contact>(STATEMENTS.get(size) ?? "", values);
  return rows.slice(0, questions.length);
}

/** Reads the contact behind a certificate; calls that come together share one statement. */
export const readContact = statementBatcher(askContacts, { slots: 2, batch: LARGEST });
