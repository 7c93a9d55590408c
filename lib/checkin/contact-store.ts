import { database } from "@/lib/db/database";
import { statementBatcher } from "@/lib/db/statement-batcher";

/** Who a certificate speaks for, and what stands open there: all that a poll needs to know. */
export interface Contact {
  /** Null when the certificate was never issued here; the other fields are then null too. */
  fingerprint: string | null;
  revokedAt: Date | null;
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
  fresh: boolean | null;
  hasWork: boolean | null;
}

interface ContactQuestion {
  fingerprint: string;
  /** Null on the device channel. */
  userKey: string | null;
}

const CONTACT_SQL = `
  SELECT i."fingerprint", i."revokedAt", i."topic" AS "certificateTopic", i."linkId", i."renewsEnrollmentId",
    d."id" AS "enrollmentId", d."deviceId", d."channelKey", d."state", d."endedCause", d."identityFingerprint", d."pendingFingerprint",
    d."terminationMethod", d."clockSkewSeconds", u."id" AS "userEnrollmentId", e."notNowAt",
    e."firstConnectAt" IS NULL OR e."pushesUnanswered" > 0 OR e."notNowAt" IS NOT NULL AS "fresh",
    EXISTS (SELECT 1 FROM "Command" c WHERE c."enrollmentId" = e."id" AND c."queueRank" IS NOT NULL) AS "hasWork"
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS q("fingerprint","userKey","n")
  LEFT JOIN "Identity" i ON i."fingerprint" = q."fingerprint"
  LEFT JOIN "Enrollment" d ON d."id" = i."enrollmentId"
  LEFT JOIN "Enrollment" u ON u."liveKey" = q."userKey" AND u."parentId" = d."id"
  LEFT JOIN "Enrollment" e ON e."id" = CASE WHEN q."userKey" IS NULL THEN d."id" ELSE u."id" END
  ORDER BY q."n"`;

async function askContacts(questions: ContactQuestion[]): Promise<Contact[]> {
  const { rows } = await database().pool.query<Contact>({
    name: "contact",
    text: CONTACT_SQL,
    values: [questions.map((question) => question.fingerprint), questions.map((question) => question.userKey)],
  });
  return rows;
}

/** Reads the contact behind a certificate; calls that come together share one statement. */
export const readContact = statementBatcher(askContacts, { slots: 2, batch: 100 });
