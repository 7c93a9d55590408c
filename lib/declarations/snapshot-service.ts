import type { Executor } from "@/lib/db/database";
import { assignedDeclarations, assignmentsOf } from "./declaration-store";
import { lockDeclarative, readSnapshot, saveSnapshots } from "./declarative-store";
import type { DeclarativeRow } from "./declarative-store";
import type { ItemSet, SnapshotItem } from "./item-set";
import { EMPTY_SET, itemSetOf } from "./item-set";

/** What each of these enrollments should have now. Devices that are assigned the same share one set. */
export async function itemSets(tx: Executor, enrollmentIds: readonly string[]): Promise<Map<string, ItemSet>> {
  const assignments = await assignmentsOf(tx, enrollmentIds);
  const needed = [...new Set(assignments.flatMap(({ declarationIds }) => declarationIds))];
  const declarations = new Map((needed.length === 0 ? [] : await assignedDeclarations(tx, needed)).map((declaration) => [declaration.id, declaration]));
  const shared = new Map<string, ItemSet>();
  const sets = new Map(enrollmentIds.map((id) => [id, EMPTY_SET]));
  for (const { enrollmentId, declarationIds } of assignments) {
    const key = declarationIds.join();
    const set = shared.get(key) ?? itemSetOf(declarationIds.flatMap((id) => declarations.get(id) ?? []));
    shared.set(key, set);
    sets.set(enrollmentId, set);
  }
  return sets;
}

/** What an enrollment should have now becomes what it is promised. Answers the token and when it was first told. */
export async function promise(tx: Executor, state: DeclarativeRow): Promise<{ token: string; at: Date; items: SnapshotItem[] }> {
  const sets = await itemSets(tx, [state.enrollmentId]);
  const { token, items } = sets.get(state.enrollmentId) ?? EMPTY_SET;
  if (token === state.token && state.tokenAt !== null) return { token, at: state.tokenAt, items };
  await saveSnapshots(tx, sets);
  const { tokenAt } = await lockDeclarative(tx, state.enrollmentId);
  return { token, at: tokenAt ?? new Date(), items };
}

/** What the device was promised last; made now when it never was. */
export async function promised(tx: Executor, state: DeclarativeRow): Promise<{ token: string; items: SnapshotItem[] }> {
  const items = state.token === null ? null : await readSnapshot(tx, state.enrollmentId, state.token);
  return state.token === null || items === null ? promise(tx, state) : { token: state.token, items };
}
