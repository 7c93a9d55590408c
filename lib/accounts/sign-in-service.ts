import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { passwordFits } from "./password";
import { countTry, forgetFailures, uncountTry } from "./sign-in-store";
import { findUserByEmail, noteSignIn, type UserRow } from "./user-store";

const WINDOW_MINUTES = 15;
const FAILURES_PER_EMAIL = 5;
const FAILURES_PER_ADDRESS = 20;
const MAX_INPUT_LENGTH = 500;

export interface SignIn {
  email: string;
  password: string;
  /** Where the request came from; people behind one address share its limit. */
  remoteAddress: string;
}

/** Signs a person in to the console: as checkPassword, and remembered as a sign-in. */
export async function signIn(typed: SignIn): Promise<UserRow | null> {
  const user = await checkPassword(typed);
  if (user !== null) await recordSignIn(user, { method: "password", remoteAddress: typed.remoteAddress });
  return user;
}

/**
 * The person, or null when e-mail and password do not fit together. Throws `too-many-attempts` after 5 failures
 * for an e-mail or 20 from an address within 15 minutes. Tries are counted before the password is looked at,
 * so that many at once gain nothing.
 */
export async function checkPassword({ email: typed, password, remoteAddress }: SignIn): Promise<UserRow | null> {
  const email = normalEmail(typed);
  if (email.length > MAX_INPUT_LENGTH || password.length > MAX_INPUT_LENGTH) return null;
  // Hashed: what people type into the wrong field, a password for one, is not kept.
  const emailKey = `email:${sha256Hex(email)}`;
  const addressKey = `address:${remoteAddress}`;
  const tries = await countTry([emailKey, addressKey], WINDOW_MINUTES);
  if ((tries.get(emailKey) ?? 0) > FAILURES_PER_EMAIL || (tries.get(addressKey) ?? 0) > FAILURES_PER_ADDRESS) {
    await uncountTry([emailKey, addressKey]); // a refused try does not prolong the wait
    throw new MusterError("too-many-attempts", "Too many failed sign-ins; try again in 15 minutes");
  }
  const user = await findUserByEmail(email);
  const fits = await passwordFits(password, user?.passwordHash ?? null);
  if (!fits || user === null || user.disabledAt !== null) {
    await recordFailure(user, remoteAddress);
    return null;
  }
  await Promise.all([forgetFailures(emailKey), uncountTry([addressKey])]);
  return user;
}

/** E-mail addresses are compared and kept in lower case. */
export function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

async function recordFailure(user: UserRow | null, remoteAddress: string): Promise<void> {
  const actor = user === null ? "system" : `user:${user.email}`;
  await recordEvents(database().pool, [
    { kind: "user.sign-in-failed", actor, data: { remoteAddress, knownAccount: user !== null } },
  ]);
}

/** Notes that this person signed in to the console. */
export async function recordSignIn(user: UserRow, how: { method: "password" | "oidc"; remoteAddress: string }): Promise<void> {
  await transaction(async (tx) => {
    await noteSignIn(tx, user.id);
    await recordEvents(tx, [{ kind: "user.signed-in", actor: `user:${user.email}`, data: { ...how } }]);
  });
}
