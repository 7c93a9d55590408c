import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { changePersonBody, createPersonBody } from "@/lib/contracts/people";
import { MusterError } from "@/lib/contracts/errors";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { Actor } from "./actor";
import { newPasswordLink, type NewPasswordLink } from "./password-service";
import { listPersonRows, lockActiveOwners, lockPerson, updatePerson, type PersonRow } from "./person-store";
import { forgetCachedUser } from "./session-service";
import { normalEmail } from "./sign-in-service";
import { insertUser } from "./user-store";

export interface PersonWithLink extends NewPasswordLink {
  person: PersonRow;
}

/** Everybody who may sign in, or might once. */
export function listPeople(): Promise<PersonRow[]> {
  return listPersonRows();
}

/** Adds a person, who chooses a password by the link given back. @throws MusterError conflict when the e-mail is known */
export async function createPerson(body: z.output<typeof createPersonBody>, actor: Actor): Promise<PersonWithLink> {
  const person = { id: randomUUID(), email: normalEmail(body.email), name: body.name, role: body.role, passwordHash: null };
  try {
    return await transaction(async (tx) => {
      await insertUser(tx, person);
      await recordEvents(tx, [{ kind: "person.created", actor: actor.label, data: { id: person.id, email: person.email, role: person.role } }]);
      return { person: existing(await lockPerson(tx, person.id)), ...(await newPasswordLink(tx, person.id)) };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new MusterError("conflict", "somebody has this e-mail address already", { cause: error, errors: [{ pointer: "/email", detail: "belongs to somebody here already" }] });
  }
}

/**
 * Changes name or role, or says whether the person may sign in; a disabled one is signed out everywhere, and the API
 * tokens made by that person are refused. @throws MusterError not-found, conflict when no owner would be left
 */
export async function changePerson(id: string, body: z.output<typeof changePersonBody>, actor: Actor): Promise<PersonRow> {
  const changed = await transaction(async (tx) => {
    const owners = await lockActiveOwners(tx);
    const before = existing(await lockPerson(tx, id));
    const disabledAt = body.disabled === undefined ? before.disabledAt : body.disabled ? (before.disabledAt ?? new Date()) : null;
    const change = { name: body.name ?? before.name, role: body.role ?? before.role, disabledAt };
    const staysOwner = change.role === "owner" && disabledAt === null;
    if (owners.length === 1 && owners[0] === id && !staysOwner) throw new MusterError("conflict", "this is the last owner: make somebody else one first");
    const after = existing(await updatePerson(tx, id, change));
    const data = { id, email: after.email, name: after.name, role: after.role, disabled: disabledAt !== null };
    await recordEvents(tx, [{ kind: "person.changed", actor: actor.label, data }]);
    return after;
  });
  forgetCachedUser(id);
  return changed;
}

/** A link for somebody who has forgotten the password, or never chose one. @throws MusterError not-found, conflict when disabled */
export async function makePasswordLink(id: string, actor: Actor): Promise<PersonWithLink> {
  return transaction(async (tx) => {
    const person = existing(await lockPerson(tx, id));
    if (person.disabledAt !== null) throw new MusterError("conflict", "this person may not sign in: enable the account first");
    await recordEvents(tx, [{ kind: "person.password-link-made", actor: actor.label, data: { id, email: person.email } }]);
    return { person, ...(await newPasswordLink(tx, id)) };
  });
}

function existing(person: PersonRow | null): PersonRow {
  if (person === null) throw new MusterError("not-found", "no such person");
  return person;
}
