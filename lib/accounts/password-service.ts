import { randomBytes } from "node:crypto";
import type { z } from "zod";
import { config } from "@/lib/config/config";
import type { changePasswordBody, choosePasswordBody } from "@/lib/contracts/people";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database, type Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { Actor } from "./actor";
import { hashPassword } from "./password";
import { insertPasswordLink, ownerOfPasswordLink, setPassword, usePasswordLink } from "./person-store";
import { forgetCachedUser } from "./session-service";
import { checkPassword } from "./sign-in-service";

const LINK_HOURS = 72;

export interface NewPasswordLink {
  url: string;
  expiresAt: Date;
}

/** A one-time link for choosing the password of a person; it ends earlier ones. Only its hash is kept. */
export async function newPasswordLink(tx: Executor, userId: string): Promise<NewPasswordLink> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + LINK_HOURS * 3_600_000);
  await insertPasswordLink(tx, { tokenHash: sha256Hex(token), userId, expiresAt });
  return { url: `${config().publicUrl}/password?token=${token}`, expiresAt };
}

/** For whom a link is; null when it does not count, or no longer. */
export function personOfPasswordLink(token: string): Promise<{ email: string; name: string } | null> {
  return ownerOfPasswordLink(database().pool, sha256Hex(token));
}

/** Ends every session of that person. @throws MusterError forbidden when the link does not count */
export async function choosePassword({ token, password }: z.output<typeof choosePasswordBody>): Promise<{ email: string }> {
  const tokenHash = sha256Hex(token);
  // Looked at first, since hashing a password costs far more than asking for it.
  if ((await ownerOfPasswordLink(database().pool, tokenHash)) === null) throw refusal();
  const passwordHash = await hashPassword(password);
  const person = await transaction(async (tx) => {
    const used = await usePasswordLink(tx, tokenHash);
    if (used === null) throw refusal();
    await setPassword(tx, used.id, passwordHash);
    await recordEvents(tx, [{ kind: "person.password-chosen", actor: `user:${used.email}`, data: { by: "link" } }]);
    return used;
  });
  forgetCachedUser(person.id);
  return { email: person.email };
}

/**
 * Of one's own account; ends all its sessions, this one too. Wrong tries count as failed sign-ins.
 * @throws MusterError forbidden for a token, invalid-input when the current password is wrong, too-many-attempts
 */
export async function changePassword(body: z.output<typeof changePasswordBody>, actor: Actor, remoteAddress: string): Promise<{ email: string }> {
  const { email, id } = actor;
  if (email === null) throw new MusterError("forbidden", "an API token has no password");
  if ((await checkPassword({ email, password: body.current, remoteAddress })) === null) {
    throw new MusterError("invalid-input", "the current password is wrong", { errors: [{ pointer: "/current", detail: "is not your password" }] });
  }
  const passwordHash = await hashPassword(body.password);
  await transaction(async (tx) => {
    await setPassword(tx, id, passwordHash);
    await recordEvents(tx, [{ kind: "person.password-chosen", actor: actor.label, data: { by: "owner of the account" } }]);
  });
  forgetCachedUser(id);
  return { email };
}

function refusal(): MusterError {
  return new MusterError("forbidden", "the link was used or has expired; ask for a new one");
}
