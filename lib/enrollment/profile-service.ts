import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { enrollmentProfileFor } from "./enrollment-profile-for";
import type { LinkState } from "./link-service";
import { linkOfToken, linkState } from "./link-service";

export type ProfileAnswer = { ok: true; profile: Buffer; name: string } | { ok: false; state: Exclude<LinkState, "usable"> | "unknown" };

/** What the profile address of a link answers. A link that is not usable gives its reason instead; both are events. */
export async function profileOfLink(token: string, about: { remoteAddress: string; userAgent: string | null }): Promise<ProfileAnswer> {
  const link = await linkOfToken(token);
  if (link === null) return { ok: false, state: "unknown" };
  const state = linkState(link);
  const { pool } = database();
  if (state !== "usable") {
    await recordEvents(pool, [{ kind: "profile.refused", actor: "device", linkId: link.id, data: { name: link.name, state, ...about } }]);
    return { ok: false, state };
  }
  const profile = await enrollmentProfileFor(link);
  await recordEvents(pool, [{ kind: "profile.downloaded", actor: "device", linkId: link.id, data: { name: link.name, ...about } }]);
  return { ok: true, profile, name: link.name };
}
