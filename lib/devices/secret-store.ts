import { randomUUID } from "node:crypto";
import { database } from "@/lib/db/database";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";

export type SecretKind = "unlock-token" | "bootstrap-token" | "lock-pin" | "erase-pin";

/** Keeps a secret sealed; a newer one of the same life, kind and source takes the place of the older. */
export async function keepSecret(
  tx: Executor,
  secret: { deviceId: string; enrollmentId: string; kind: SecretKind; source: string; value: Uint8Array },
): Promise<void> {
  const { rows } = await tx.query<{ id: string }>(
    `SELECT "id" FROM "EscrowedSecret" WHERE "enrollmentId" = $1 AND "kind" = $2 AND "source" = $3`,
    [secret.enrollmentId, secret.kind, secret.source],
  );
  const id = rows[0]?.id ?? randomUUID();
  const sealed = seal(secret.value, { table: "EscrowedSecret", row: id, column: "valueSealed" });
  await tx.query(
    `INSERT INTO "EscrowedSecret" ("id","deviceId","enrollmentId","kind","source","valueSealed","learnedAt") VALUES ($1,$2,$3,$4,$5,$6,now())
     ON CONFLICT ("id") DO UPDATE SET "valueSealed" = EXCLUDED."valueSealed", "learnedAt" = EXCLUDED."learnedAt"`,
    [id, secret.deviceId, secret.enrollmentId, secret.kind, secret.source, sealed],
  );
}

/** Which secrets are held, without their values. */
export async function listSecretsHeld(deviceId: string): Promise<{ kind: string; learnedAt: Date }[]> {
  const { rows } = await database().pool.query<{ kind: string; learnedAt: Date }>(
    `SELECT "kind","learnedAt" FROM "EscrowedSecret" WHERE "deviceId" = $1 ORDER BY "learnedAt" DESC`,
    [deviceId],
  );
  return rows;
}
