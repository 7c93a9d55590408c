import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { enrollmentProfileFor } from "./enrollment-profile-for";
import type { LinkState } from "./link-service";
import { linkOfToken, linkState } from "./link-service";
import { otaServiceProfileFor } from "./ota-service";

export type ProfileAnswer = { ok: true; profile: Buffer; name: string } | { ok: false; state: Exclude<LinkState, "usable"> | "unknown" };

/** Who asks. */
interface Asker {
  remoteAddress: string;
  userAgent: string | null;
}

/** What the profile address of a link answers; `visit` names the page it was downloaded from. A link that is not usable gives its reason instead; both are events. */
export async function profileOfLink(token: string, about: Asker, visit: string | null): Promise<ProfileAnswer> {
  const link = await linkOfToken(token);
  if (link === null) return { ok: false, state: "unknown" };
  const state = linkState(link);
  const { pool } = database();
  if (state !== "usable") {
    await recordEvents(pool, [{ kind: "profile.refused", actor: "device", linkId: link.id, data: { name: link.name, state, ...about } }]);
    return { ok: false, state };
  }
  const visitHash = visit === null ? null : sha256Hex(visit);
  // What leaves by OTA is not the profile yet; that it was downloaded is told when it is.
  if (link.kind === "ota") return { ok: true, profile: await otaServiceProfileFor(link, token, visitHash), name: link.name };
  const profile = await enrollmentProfileFor(link, { visitHash });
  await recordEvents(pool, [{ kind: "profile.downloaded", actor: "device", linkId: link.id, data: { name: link.name, ...about } }]);
  return { ok: true, profile, name: link.name };
}
