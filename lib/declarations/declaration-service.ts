import { randomUUID } from "node:crypto";
import type { AssignDeclarationBody, CreateDeclarationBody, UpdateDeclarationBody } from "@/lib/contracts/declarations";
import { MusterError } from "@/lib/contracts/errors";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { pageOf, type Page } from "@/lib/db/page";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { isUniqueViolation } from "@/lib/db/storage-errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { declarationKind, isDeclarationIdentifier, validateDeclaration } from "@/lib/protocol/declarations/validate-declaration";
import type { DeclarationRow, NewVersion } from "./declaration-store";
import { countDeclarationRows, listDeclarationRows, lockDeclaration, lockIdentifier, markDeleted, readDeclarationRow, saveDeclaration, setAssignments, setVersion } from "./declaration-store";
import { OWN_PREFIX } from "./item-set";
import { refreshHolders } from "./refresh-schedule";
import { serverTokenOf } from "./server-token";

/**
 * Makes a declaration, held against Apple's schema. It reaches no device before it is assigned.
 * @throws MusterError invalid-input with pointers, conflict when the identifier is taken
 */
export async function createDeclaration(body: CreateDeclarationBody, actor: string): Promise<DeclarationRow> {
  const identifier = body.identifier ?? randomUUID().toUpperCase();
  if (!isDeclarationIdentifier(identifier) || identifier.startsWith(OWN_PREFIX)) {
    throw new MusterError("invalid-input", "the identifier cannot be used", { errors: [{ pointer: "/identifier", detail: `letters, digits, dots, underscores and hyphens, and not beginning with ${OWN_PREFIX}` }] });
  }
  refuseInvalid(body.type, body.payload);
  try {
    return await transaction(async (tx) => {
      const id = (await freeIdentifier(tx, identifier, body.type)) ?? randomUUID();
      await saveDeclaration(tx, versionOf({ id, identifier, type: body.type }, body.payload), actor);
      await recordEvents(tx, [{ kind: "declaration.created", actor, data: { declarationId: id, identifier, type: body.type } }]);
      return existing(tx, id);
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw new MusterError("conflict", "this identifier is in use", { cause: error });
    throw error;
  }
}

/** A deleted declaration gives its record to the next of its identifier; null when there is none. */
async function freeIdentifier(tx: Executor, identifier: string, type: string): Promise<string | null> {
  const known = await lockIdentifier(tx, identifier);
  if (known === null) return null;
  if (known.deletedAt === null) throw new MusterError("conflict", "this identifier is in use", { meta: { declarationId: known.id } });
  // Devices know an identifier by its kind (Apple, "DeclarationBase").
  if (declarationKind(known.type) !== declarationKind(type)) throw new MusterError("conflict", "this identifier belonged to a declaration of another kind: take another");
  return known.id;
}

/** Gives a declaration a new payload and its devices word of it; an equal payload changes nothing. @throws MusterError not-found, invalid-input */
export async function updateDeclaration(id: string, body: UpdateDeclarationBody, actor: string): Promise<DeclarationRow> {
  return transaction(async (tx) => {
    const declaration = await locked(tx, id);
    refuseInvalid(declaration.type, body.payload);
    const version = versionOf(declaration, body.payload);
    if (version.serverToken !== declaration.serverToken) {
      await setVersion(tx, version);
      await recordEvents(tx, [{ kind: "declaration.updated", actor, data: { declarationId: id, identifier: declaration.identifier, type: declaration.type } }]);
      await refreshHolders(tx, id);
    }
    return existing(tx, id);
  });
}

/** Takes it from all devices. Answers it as it was. @throws MusterError not-found */
export async function deleteDeclaration(id: string, actor: string): Promise<DeclarationRow> {
  return transaction(async (tx) => {
    const { identifier, type } = await locked(tx, id);
    const declaration = await existing(tx, id);
    await refreshHolders(tx, id);
    await markDeleted(tx, id);
    await recordEvents(tx, [{ kind: "declaration.deleted", actor, data: { declarationId: id, identifier, type } }]);
    return declaration;
  });
}

/** Says which groups get it on one kind of channel, in place of those before. @throws MusterError not-found, invalid-input */
export async function assignDeclaration(id: string, body: AssignDeclarationBody, actor: string): Promise<DeclarationRow> {
  const { groupIds, channel = "device" } = body;
  return transaction(async (tx) => {
    const { identifier } = await locked(tx, id);
    await refreshHolders(tx, id);
    const unknown = new Set(await setAssignments(tx, id, channel, groupIds));
    if (unknown.size > 0) {
      const errors = groupIds.flatMap((groupId, index) => (unknown.has(groupId) ? [{ pointer: `/groupIds/${index}`, detail: "there is no such group" }] : []));
      throw new MusterError("invalid-input", "some groups are not known", { errors });
    }
    await refreshHolders(tx, id);
    await recordEvents(tx, [{ kind: "declaration.assigned", actor, data: { declarationId: id, identifier, channel, groupIds: groupIds.slice(0, 100) } }]);
    return existing(tx, id);
  });
}

/** @throws MusterError not-found */
export async function readDeclaration(id: string): Promise<DeclarationRow> {
  return existing(database().pool, id);
}

/** One page of declarations, newest first. */
export async function listDeclarations(
  query: { query?: string | undefined; groupId?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<Page<DeclarationRow>> {
  const wanted = { query: query.query?.trim() || null, groupId: query.groupId ?? null };
  const before = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([
    listDeclarationRows(wanted, before, query.limit + 1),
    countDeclarationRows(wanted),
  ]);
  return pageOf(rows, query.limit, total, (last) => [last.createdAt.toISOString(), last.id]);
}

function refuseInvalid(type: string, payload: unknown): void {
  const errors = validateDeclaration(type, payload);
  if (errors.length > 0) throw new MusterError("invalid-input", "the declaration does not fit Apple's schema", { errors });
}

function versionOf(declaration: { id: string; identifier: string; type: string }, payload: unknown): NewVersion {
  const { id, identifier, type } = declaration;
  return { id, identifier, type, payload, serverToken: serverTokenOf({ type, identifier, payload }) };
}

async function locked(tx: Executor, id: string): Promise<{ id: string; identifier: string; type: string; serverToken: string }> {
  return (await lockDeclaration(tx, id)) ?? vanished(id);
}

async function existing(executor: Executor, id: string): Promise<DeclarationRow> {
  return (await readDeclarationRow(executor, id)) ?? vanished(id);
}

function vanished(id: string): never {
  throw new MusterError("not-found", `no declaration ${id}`);
}
