import { database } from "@/lib/db/database";

/** How check-in messages that leave the server a choice are answered. */
export type PolicyName = "user-authenticate" | "return-to-service";

/** The policy as it was set; null when it never was. */
export async function readPolicy(name: PolicyName): Promise<unknown> {
  const { rows } = await database().pool.query<{ value: unknown }>(`SELECT "value" FROM "Setting" WHERE "key" = $1`, [name]);
  return rows[0]?.value ?? null;
}
