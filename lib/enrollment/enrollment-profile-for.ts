import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { createChallenge } from "@/lib/pki/challenge-service";
import { signProfile } from "@/lib/pki/server-certificates-service";
import { enrollmentProfile, type EnrollmentMode } from "@/lib/protocol/profile/enrollment-profile";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { currentTopic } from "@/lib/push/push-topic";
import type { LinkRow } from "./link-store";
import { notePublicUrl } from "./public-url-service";
import { readTopicOfLife } from "./renewed-life-store";
import { tlsAnchors } from "./tls-anchors";

/** A profile is downloaded now and installed within minutes; a challenge of a reusable one lives as long as its link. */
const CHALLENGE_DAYS = 7;
const REUSABLE_CHALLENGE_DAYS = 3650;

/** What is known of the one device a profile is made for. */
export interface ProfileOptions {
  /** Hardware that was proved; nobody else gets anywhere with the identity. */
  boundSerial?: string | null;
  boundUdid?: string | null;
  /** The life whose identity it renews: that keeps its topic, and is no use of the link. */
  renewsEnrollmentId?: string;
  /** Account-driven enrollment; both or none. */
  enrollmentMode?: EnrollmentMode;
  assignedManagedAppleId?: string;
}

/**
 * The signed enrollment profile of a link, with a secret of its own (Apple, "Deploying MDM enrollment profiles"):
 * every way in and every renewal builds it here. Whether the link may be used is for the caller to judge.
 */
export async function enrollmentProfileFor(link: LinkRow, options: ProfileOptions = {}): Promise<Buffer> {
  const { boundSerial = null, boundUdid = null, renewsEnrollmentId = null, enrollmentMode, assignedManagedAppleId } = options;
  const { publicUrl, organization } = config();
  const renewed = renewsEnrollmentId === null ? null : await readTopicOfLife(database().pool, renewsEnrollmentId);
  const topic = renewed ?? (await topicOf(link));
  const reusable = link.reusableProfile && boundSerial === null && boundUdid === null && renewsEnrollmentId === null;
  const challenge = await createChallenge({ linkId: link.id, reusable, topic, expiresAt: challengeEnd(link, reusable, renewsEnrollmentId !== null), boundSerial, boundUdid, renewsEnrollmentId });
  await notePublicUrl();
  const profile = enrollmentProfile({
    identifier: PROFILE_IDENTIFIER,
    displayName: `${organization} device management`,
    organization,
    description: `Lets ${organization} manage this device.`,
    uuids: { profile: randomUUID().toUpperCase(), scep: randomUUID().toUpperCase(), mdm: randomUUID().toUpperCase() },
    serverUrl: `${publicUrl}/mdm/connect`,
    checkinUrl: `${publicUrl}/mdm/checkin`,
    topic,
    scep: { url: `${publicUrl}/scep`, name: "muster", challenge, subject: { organization, commonName: "Muster device identity" } },
    anchors: await tlsAnchors(),
    accessRights: enrollmentMode === "BYOD" ? null : link.accessRights,
    account: enrollmentMode === undefined || assignedManagedAppleId === undefined ? null : { mode: enrollmentMode, managedAppleAccount: assignedManagedAppleId },
  });
  return signProfile(writePlist(profile));
}

/** The push topic of what enrolls through this link now. */
async function topicOf(link: LinkRow): Promise<string> {
  return link.simulated ? TEST_TOPIC : (await currentTopic()).topic;
}

/** A link's end is that of its challenges too, but not of those that renew what came in before. */
function challengeEnd(link: LinkRow, reusable: boolean, renews: boolean): Date {
  const latest = new Date(Date.now() + (reusable ? REUSABLE_CHALLENGE_DAYS : CHALLENGE_DAYS) * 86_400_000);
  return !renews && link.expiresAt !== null && link.expiresAt < latest ? link.expiresAt : latest;
}
