import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import { TEST_TOPIC, type IdentityKind } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { offerIdentity } from "@/lib/pki/profile-identity-service";
import { signProfile } from "@/lib/pki/server-certificates-service";
import { enrollmentProfile, identityProfile } from "@/lib/protocol/profile/enrollment-profile";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import type { ProfileIdentity } from "@/lib/protocol/profile/identity-payload";
import type { EnrollmentMode, ManagementTerms } from "@/lib/protocol/profile/management-terms";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { currentTopic } from "@/lib/push/push-topic";
import type { LinkRow } from "./link-store";
import { readLinkRow } from "./link-store";
import { notePublicUrl } from "./public-url-service";
import { tlsAnchors } from "./tls-anchors";

/** A profile is downloaded now and installed within minutes; a challenge of a reusable one lives as long as its link. */
const CHALLENGE_DAYS = 7;
const REUSABLE_CHALLENGE_DAYS = 3650;

/** As which a profile leaves, and nothing else does: a device would save it. */
export const PROFILE_HEADERS = { "content-type": "application/x-apple-aspen-config", "cache-control": "no-store, no-transform" } as const;

/** A signed profile as the answer to a device. */
export function profileAnswer(profile: Buffer): DeviceAnswer {
  return { status: 200, headers: { ...PROFILE_HEADERS }, body: profile };
}

/** What is known of the one device a profile is made for. */
export interface ProfileOptions {
  /** Hardware that was proved; nobody else gets anywhere with the identity. */
  boundSerial?: string | null;
  boundUdid?: string | null;
  /** Account-driven enrollment; both or none. */
  enrollmentMode?: EnrollmentMode;
  assignedManagedAppleId?: string;
  /** The page it was downloaded from. */
  visitHash?: string | null;
}

/**
 * The signed enrollment profile of a link, with a secret of its own (Apple, "Deploying MDM enrollment profiles"):
 * every way in builds it here. Whether the link may be used is for the caller to judge.
 */
export async function enrollmentProfileFor(link: LinkRow, options: ProfileOptions = {}): Promise<Buffer> {
  const { boundSerial = null, boundUdid = null, enrollmentMode, assignedManagedAppleId, visitHash = null } = options;
  const account = enrollmentMode === undefined || assignedManagedAppleId === undefined ? null : { mode: enrollmentMode, managedAppleAccount: assignedManagedAppleId };
  const terms = await termsOf(link, account);
  const reusable = link.reusableProfile && boundSerial === null && boundUdid === null;
  const { identity } = await offerIdentity({ linkId: link.id, identityKind: link.identityKind, terms, reusable, expiresAt: challengeEnd(link, reusable), renewsEnrollmentId: null, boundSerial, boundUdid, visitHash });
  await notePublicUrl();
  return signedProfile(terms, identity);
}

/** A life whose identity is renewed, with what its present identity was issued for. */
export interface RenewedLife {
  enrollmentId: string;
  linkId: string;
  identityKind: IdentityKind;
  topic: string;
  /** Null where they were not kept: then the rules of the link count. */
  terms: ManagementTerms | null;
  boundSerial: string | null;
  boundUdid: string | null;
}

/**
 * The signed profile that takes the place of an installed one and brings it a new identity: all that a device holds its
 * server to is repeated, be it configured otherwise by now (Apple, "Deploying MDM enrollment profiles").
 * @throws MusterError not-found when the link is gone
 */
export async function renewalProfileFor(life: RenewedLife, expiresAt: Date): Promise<{ profile: Buffer; challengeId: string }> {
  const { linkId, identityKind, boundSerial, boundUdid, enrollmentId: renewsEnrollmentId } = life;
  const terms = life.terms ?? { ...(await termsOf(await linkOf(linkId), null)), topic: life.topic };
  const { challengeId, identity } = await offerIdentity({ linkId, identityKind, terms, reusable: false, expiresAt, renewsEnrollmentId, boundSerial, boundUdid });
  return { profile: await signedProfile(terms, identity), challengeId };
}

async function linkOf(id: string): Promise<LinkRow> {
  const link = await readLinkRow(database().pool, id);
  if (link === null) throw new MusterError("not-found", `no enrollment link ${id}`);
  return link;
}

/**
 * The signed profile of phase 2 of the OTA profile service: an identity for hardware that was proved, good for nothing
 * but to fetch the enrollment profile. Always by SCEP, which is all that this service knows.
 */
export async function otaIdentityProfileFor(link: LinkRow, bound: { serialNumber: string | null; udid: string | null }, expiresAt: Date): Promise<{ profile: Buffer; challengeId: string }> {
  const { challengeId, identity } = await offerIdentity({
    linkId: link.id, identityKind: "scep", terms: await termsOf(link, null), reusable: false, expiresAt, renewsEnrollmentId: null,
    boundSerial: bound.serialNumber, boundUdid: bound.udid, purpose: "ota",
  });
  const profile = await signProfile(writePlist(identityProfile({ ...(await frameOf(`${PROFILE_IDENTIFIER}.ota`)), identity })));
  return { profile, challengeId };
}

async function signedProfile(terms: ManagementTerms, identity: ProfileIdentity): Promise<Buffer> {
  return signProfile(writePlist(enrollmentProfile({ ...(await frameOf(PROFILE_IDENTIFIER)), terms, identity })));
}

async function frameOf(identifier: string) {
  const { organization } = config();
  return {
    identifier,
    displayName: `${organization} device management`,
    organization,
    description: `Lets ${organization} manage this device.`,
    uuids: { profile: randomUUID().toUpperCase(), identity: randomUUID().toUpperCase() },
    anchors: await tlsAnchors(),
  };
}

async function termsOf(link: LinkRow, account: ManagementTerms["account"]): Promise<ManagementTerms> {
  const { publicUrl } = config();
  const topic = link.simulated ? TEST_TOPIC : (await currentTopic()).topic;
  const accessRights = account?.mode === "BYOD" ? null : link.accessRights;
  return { payloadUuid: randomUUID().toUpperCase(), serverUrl: `${publicUrl}/mdm/connect`, checkinUrl: `${publicUrl}/mdm/checkin`, topic, accessRights, account };
}

/** A link's end is that of its challenges too. */
function challengeEnd(link: LinkRow, reusable: boolean): Date {
  const latest = new Date(Date.now() + (reusable ? REUSABLE_CHALLENGE_DAYS : CHALLENGE_DAYS) * 86_400_000);
  return link.expiresAt !== null && link.expiresAt < latest ? link.expiresAt : latest;
}
