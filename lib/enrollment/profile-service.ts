import { randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { createChallenge } from "@/lib/pki/challenge-service";
import { signProfile } from "@/lib/pki/server-certificates-service";
import { enrollmentProfile } from "@/lib/protocol/profile/enrollment-profile";
import { PROFILE_IDENTIFIER } from "@/lib/protocol/profile/profile-identifier";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { currentTopic } from "@/lib/push/push-topic";
import type { LinkState } from "./link-service";
import { linkOfToken, linkState } from "./link-service";
import { notePublicUrl } from "./public-url-service";
import { tlsAnchors } from "./tls-anchors";

/** A profile is downloaded now and installed within minutes; a challenge of a reusable one lives as long as its link. */
const CHALLENGE_DAYS = 7;
const REUSABLE_CHALLENGE_DAYS = 3650;

export type ProfileAnswer = { ok: true; profile: Buffer; name: string } | { ok: false; state: Exclude<LinkState, "usable"> | "unknown" };

/**
 * The signed enrollment profile of a link, with a challenge of its own (Apple, "Deploying MDM enrollment
 * profiles"). A link that is not usable gives its reason instead; both are events.
 */
export async function profileOfLink(token: string, about: { remoteAddress: string; userAgent: string | null }): Promise<ProfileAnswer> {
  const link = await linkOfToken(token);
  if (link === null) return { ok: false, state: "unknown" };
  const state = linkState(link);
  const { pool } = database();
  if (state !== "usable") {
    await recordEvents(pool, [{ kind: "profile.refused", actor: "device", linkId: link.id, data: { name: link.name, state, ...about } }]);
    return { ok: false, state };
  }
  const topic = link.simulated ? TEST_TOPIC : (await currentTopic()).topic;
  const days = link.reusableProfile ? REUSABLE_CHALLENGE_DAYS : CHALLENGE_DAYS;
  const latest = new Date(Date.now() + days * 86_400_000);
  const expiresAt = link.expiresAt !== null && link.expiresAt < latest ? link.expiresAt : latest;
  await notePublicUrl();
  const challenge = await createChallenge({ linkId: link.id, reusable: link.reusableProfile, topic, expiresAt });
  const profile = await signProfile(writePlist(await profileWith(topic, challenge)));
  await recordEvents(pool, [{ kind: "profile.downloaded", actor: "device", linkId: link.id, data: { name: link.name, topic, ...about } }]);
  return { ok: true, profile, name: link.name };
}

async function profileWith(topic: string, challenge: string) {
  const { publicUrl, organization } = config();
  return enrollmentProfile({
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
  });
}
