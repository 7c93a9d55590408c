import type { DeviceOrder } from "@/lib/contracts/device-conditions";
import type { DeviceFilter } from "@/lib/contracts/device-filter";
import { database, type Executor } from "@/lib/db/database";
import { toJsonb } from "@/lib/db/jsonb";

export interface SavedViewRow {
  id: string;
  name: string;
  query: { filter: DeviceFilter; sort: DeviceOrder | null };
  createdAt: Date;
  createdBy: string;
}

export async function listSavedViewRows(): Promise<SavedViewRow[]> {
  const { rows } = await database().pool.query<SavedViewRow>(`SELECT * FROM "SavedView" ORDER BY lower("name")`);
  return rows;
}

/** Not beyond `most` of them, however many are saved at once. Answers null when there are as many. */
export async function insertSavedView(tx: Executor, view: Pick<SavedViewRow, "id" | "name" | "query" | "createdBy">, most: number): Promise<SavedViewRow | null> {
  await tx.query(`LOCK TABLE "SavedView" IN SHARE ROW EXCLUSIVE MODE`);
  const { rows } = await tx.query<SavedViewRow>(
    `INSERT INTO "SavedView" ("id","name","query","createdBy") SELECT $1::uuid,$2,$3::jsonb,$4 WHERE (SELECT count(*) FROM "SavedView") < $5 RETURNING *`,
    [view.id, view.name, toJsonb(view.query), view.createdBy, most],
  );
  return rows[0] ?? null;
}

/** Answers what it was; null when there is no such view. */
export async function removeSavedView(tx: Executor, id: string): Promise<SavedViewRow | null> {
  const { rows } = await tx.query<SavedViewRow>(`DELETE FROM "SavedView" WHERE "id" = $1 RETURNING *`, [id]);
  return rows[0] ?? null;
}
