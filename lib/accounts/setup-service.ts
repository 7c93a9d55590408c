import { randomBytes, randomUUID } from "node:crypto";
import type { z } from "zod";
import { config } from "@/lib/config/config";
import type { setupBody } from "@/lib/contracts/accounts";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database, type Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { userActor, type Actor } from "./actor";
import { hashPassword } from "./password";
import { insertSetupToken, isSetupTokenUsable, lockSetup, useSetupToken } from "./setup-store";
import { normalEmail } from "./sign-in-service";
import { hasUsers, insertUser } from "./user-store";

const SETUP_LINK_HOURS = 24;

/**
 * At start: on a database without people, makes the owner of ADMIN_EMAIL and ADMIN_PASSWORD, or else a one-time
 * link for making one in the browser, which the caller shows to whoever started the server.
 */
export async function ensureFirstOwner(): Promise<{ setupUrl: string | null }> {
  const { admin, publicUrl } = config();
  if (await hasUsers(database().pool)) return { setupUrl: null };
  if (admin === null) {
    const token = randomBytes(32).toString("base64url");
    await insertSetupToken(database().pool, sha256Hex(token), new Date(Date.now() + SETUP_LINK_HOURS * 3_600_000));
    return { setupUrl: `${publicUrl}/setup?token=${token}` };
  }
  const owner = { ...admin, name: admin.email, passwordHash: await hashPassword(admin.password) };
  await transaction(async (tx) => {
    await lockSetup(tx);
    if (!(await hasUsers(tx))) await insertOwner(tx, owner);
  });
  return { setupUrl: null };
}

/** Is there nobody yet who could sign in? */
export async function needsSetup(): Promise<boolean> {
  return !(await hasUsers(database().pool));
}

/** Makes the first owner. Throws `forbidden` for a token that does not count, `conflict` when there is an owner. */
export async function completeSetup(body: z.output<typeof setupBody>): Promise<Actor> {
  const tokenHash = sha256Hex(body.token);
  // Looked at first, since hashing a password costs far more than asking for it.
  if (!(await isSetupTokenUsable(database().pool, tokenHash))) throw await setupRefusal(database().pool);
  const passwordHash = await hashPassword(body.password);
  return transaction(async (tx) => {
    await lockSetup(tx);
    if ((await hasUsers(tx)) || !(await useSetupToken(tx, tokenHash))) throw await setupRefusal(tx);
    return insertOwner(tx, { email: body.email, name: body.name, passwordHash });
  });
}

async function setupRefusal(executor: Executor): Promise<MusterError> {
  if (await hasUsers(executor)) return new MusterError("conflict", "The first owner exists already; sign in instead");
  return new MusterError("forbidden", "The setup link was used or has expired; restart the server for a new one");
}

async function insertOwner(tx: Executor, person: { email: string; name: string; passwordHash: string }): Promise<Actor> {
  const owner = {
    id: randomUUID(),
    email: normalEmail(person.email),
    name: person.name,
    role: "owner" as const,
    passwordHash: person.passwordHash,
  };
  await insertUser(tx, owner);
  await recordEvents(tx, [{ kind: "owner.created", actor: `user:${owner.email}`, data: { id: owner.id } }]);
  return userActor(owner);
}
