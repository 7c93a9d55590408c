import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { offerIdentity } from "@/lib/pki/profile-identity-service";
import { signProfile } from "@/lib/pki/server-certificates-service";
import { enrollmentProfile } from "@/lib/protocol/profile/enrollment-profile";
import type { EnrollmentMode, ManagementTerms } from "@/lib/protocol/profile/management-terms";
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
  const { organization } = config();
  const renewed = renewsEnrollmentId === null ? null : await readTopicOfLife(database().pool, renewsEnrollmentId);
  const account = enrollmentMode === undefined || assignedManagedAppleId === undefined ? null : { mode: enrollmentMode, managedAppleAccount: assignedManagedAppleId };
  const terms = termsOf(link, renewed ?? (await topicOf(link)), account);
  const reusable = link.reusableProfile && boundSerial === null && boundUdid === null && renewsEnrollmentId === null;
  const expiresAt = challengeEnd(link, reusable, renewsEnrollmentId !== null);
  const { identity } = await offerIdentity({ linkId: link.id, identityKind: link.identityKind, terms, reusable, expiresAt, renewsEnrollmentId, boundSerial, boundUdid });
  await notePublicUrl();
  const profile = enrollmentProfile({
    identifier: PROFILE_IDENTIFIER,
    displayName: `${organization} device management`,
    organization,
    description: `Lets ${organization} manage this device.`,
    uuids: { profile: randomUUID().toUpperCase(), identity: randomUUID().toUpperCase() },
    terms,
    identity,
    anchors: await tlsAnchors(),
  });
  return signProfile(writePlist(profile));
}

function termsOf(link: LinkRow, topic: string, account: ManagementTerms["account"]): ManagementTerms {
  const { publicUrl } = config();
  const accessRights = account?.mode === "BYOD" ? null : link.accessRights;
  return { payloadUuid: randomUUID().toUpperCase(), serverUrl: `${publicUrl}/mdm/connect`, checkinUrl: `${publicUrl}/mdm/checkin`, topic, accessRights, account };
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
