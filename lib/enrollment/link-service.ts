import { config } from "@/lib/config/config";
import type { EnrollmentLinkDto, LinkFunnel, NewEnrollmentLink } from "@/lib/contracts/enrollment-links";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { unseal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { LinkRow } from "./link-store";
import { countLinkRows, findLinkByToken, listLinkRows, readPageLinkRow, revokeLinkRow } from "./link-store";
import { writeLink, writingLink } from "./owned-link-service";
import { readFunnel } from "./visit-store";

export type LinkState = EnrollmentLinkDto["state"];

/** Whether a link may be used now; the first reason that speaks against it. */
export function linkState(link: LinkRow, now = new Date()): LinkState {
  if (link.revokedAt !== null) return "revoked";
  if (link.expiresAt !== null && link.expiresAt <= now) return "expired";
  if (link.maxUses !== null && link.uses >= link.maxUses) return "used-up";
  return "usable";
}

/** The token in the link's address. It is kept sealed so that the console can show the link again. */
export function linkToken(link: Pick<LinkRow, "id" | "tokenSealed">): string {
  return unseal(link.tokenSealed, { table: "EnrollmentLink", row: link.id, column: "tokenSealed" }).toString();
}

/** The page for people. */
export function linkUrl(token: string): string {
  return `${config().publicUrl}/enroll/${token}`;
}

/** Answers the signed profile. */
export function linkProfileUrl(token: string): string {
  return `${linkUrl(token)}/profile`;
}

/** @throws MusterError invalid-input when it would have ended already, or names a group that is not there */
export async function createLink(body: NewEnrollmentLink, actor: string): Promise<LinkRow> {
  const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
    throw new MusterError("invalid-input", "the link would have ended already", { errors: [{ pointer: "/expiresAt", detail: "must lie in the future" }] });
  }
  return writingLink(null, () => transaction(async (tx) => {
    const link = await writeLink(tx, {
      name: body.name, kind: body.kind, identityKind: body.identity, serials: [...new Set(body.serials)], admission: body.admission, restorePolicy: body.restorePolicy,
      groupId: body.groupId, owner: body.owner, accessRights: body.accessRights, reusableProfile: body.reusableProfile, simulated: body.simulated,
      maxUses: body.maxUses ?? null, expiresAt, createdBy: actor,
    });
    const { id: linkId, name, kind, maxUses, reusableProfile, admission } = link;
    await recordEvents(tx, [{ kind: "link.created", actor, linkId, data: { name, kind, maxUses, reusableProfile, admission, serials: link.serials.length } }]);
    return link;
  }));
}

/** Certificates that were issued through it stay. @throws MusterError not-found */
export async function revokeLink(id: string, actor: string): Promise<LinkRow> {
  return transaction(async (tx) => {
    const { name } = existing(await readPageLinkRow(tx, id), id);
    if (await revokeLinkRow(tx, id)) await recordEvents(tx, [{ kind: "link.revoked", actor, linkId: id, data: { name } }]);
    return existing(await readPageLinkRow(tx, id), id);
  });
}

/** @throws MusterError not-found */
export async function readLink(id: string): Promise<LinkRow> {
  return existing(await readPageLinkRow(database().pool, id), id);
}

/** With how far people got by it. @throws MusterError not-found */
export async function readLinkDetail(id: string): Promise<{ link: LinkRow; funnel: LinkFunnel }> {
  const [link, funnel] = await Promise.all([readLink(id), readFunnel(id)]);
  return { link, funnel };
}

function existing(link: LinkRow | null, id: string): LinkRow {
  if (link === null) throw new MusterError("not-found", `no enrollment link ${id}`);
  return link;
}

/** Null when no link has this token. */
export async function linkOfToken(token: string): Promise<LinkRow | null> {
  return findLinkByToken(sha256Hex(token));
}

export async function listLinks(query: { cursor?: string | undefined; limit: number }): Promise<Page<LinkRow>> {
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listLinkRows(before, query.limit + 1), countLinkRows()]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}
