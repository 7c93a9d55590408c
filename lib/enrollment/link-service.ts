import { randomBytes, randomUUID } from "node:crypto";
import { config } from "@/lib/config/config";
import type { CreateEnrollmentLinkBody, EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { seal, unseal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { LinkRow } from "./link-store";
import { countLinkRows, findLinkByToken, insertLink, listLinkRows, readLinkRow, revokeLinkRow } from "./link-store";

const TOKEN_BYTES = 24;

export type LinkState = EnrollmentLinkDto["state"];

/** Whether a link may be used now; the first reason that speaks against it. */
export function linkState(link: LinkRow, now = new Date()): LinkState {
  if (link.revokedAt !== null) return "revoked";
  if (link.expiresAt !== null && link.expiresAt <= now) return "expired";
  if (link.maxUses !== null && link.uses >= link.maxUses) return "used-up";
  return "usable";
}

/** The token in the link's address. It is kept sealed so that the console can show the link again. */
export function linkToken(link: LinkRow): string {
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

/** @throws MusterError invalid-input when it would have ended already */
export async function createLink(body: CreateEnrollmentLinkBody, actor: string): Promise<LinkRow> {
  const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) {
    throw new MusterError("invalid-input", "the link would have ended already", { errors: [{ pointer: "/expiresAt", detail: "must lie in the future" }] });
  }
  const id = randomUUID();
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  return transaction(async (tx) => {
    const link = await insertLink(tx, {
      id, name: body.name, tokenHash: sha256Hex(token),
      tokenSealed: seal(Buffer.from(token), { table: "EnrollmentLink", row: id, column: "tokenSealed" }),
      identityKind: body.identity ?? "scep", reusableProfile: body.reusableProfile ?? false, simulated: body.simulated ?? false,
      maxUses: body.maxUses ?? null, expiresAt, createdBy: actor,
    });
    await recordEvents(tx, [{ kind: "link.created", actor, linkId: id, data: { name: link.name, maxUses: link.maxUses, reusableProfile: link.reusableProfile } }]);
    return link;
  });
}

/** Certificates that were issued through it stay. @throws MusterError not-found */
export async function revokeLink(id: string, actor: string): Promise<LinkRow> {
  return transaction(async (tx) => {
    const revoked = await revokeLinkRow(tx, id);
    if (revoked === null) throw new MusterError("not-found", `no enrollment link ${id}`);
    if (revoked.revokedNow) await recordEvents(tx, [{ kind: "link.revoked", actor, linkId: id, data: { name: revoked.row.name } }]);
    return revoked.row;
  });
}

/** @throws MusterError not-found */
export async function readLink(id: string): Promise<LinkRow> {
  const link = await readLinkRow(id);
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
