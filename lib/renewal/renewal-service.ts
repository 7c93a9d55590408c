import { MusterError } from "@/lib/contracts/errors";
import { decodeTimeCursor } from "@/lib/db/cursor";
import { database } from "@/lib/db/database";
import { pageOf, type Page } from "@/lib/db/page";
import { transaction } from "@/lib/db/transaction";
import { countIdentityRows, listIdentityRows, readIdentityOfDevice, type IdentityFilter, type IdentityListRow } from "./identity-list-store";
import { lockOpenRenewal, readRenewable } from "./renewal-store";
import { giveUp } from "./settle-renewals";
import { isRenewable, startRenewal } from "./start-renewal";

/**
 * Renews the identity of a device at an admin's wish. An attempt that gets on is left alone; one that is stuck gives way.
 * @throws MusterError not-found, conflict where the device is not enrolled or its profile cannot be made again
 */
export async function renewIdentity(deviceId: string, actor: string): Promise<IdentityListRow> {
  const life = await readRenewable(database().pool, deviceId);
  if (life === null) throw new MusterError("not-found", `no managed device ${deviceId}`);
  if (!isRenewable(life)) throw new MusterError("conflict", "only an enrolled device whose link is known can be sent its profile again");
  const isUnderWay = await transaction(async (tx) => {
    const open = await lockOpenRenewal(tx, life.enrollmentId);
    if (open === null) return false;
    if (open.stuckAt === null) return true;
    await giveUp(tx, open, "superseded", new Date());
    return false;
  });
  if (!isUnderWay) await startRenewal(life, "request", actor);
  const row = await readIdentityOfDevice(deviceId);
  if (row === null) throw new MusterError("not-found", `no managed device ${deviceId}`);
  return row;
}

/** One page of the identities that living devices present, first to end first. */
export async function listIdentities(query: {
  expiringBefore?: string | undefined;
  deviceId?: string | undefined;
  renewal?: IdentityFilter["renewal"] | undefined;
  cursor?: string | undefined;
  limit: number;
}): Promise<Page<IdentityListRow>> {
  const { expiringBefore, deviceId = null, renewal = null } = query;
  const filter: IdentityFilter = { expiringBefore: expiringBefore === undefined ? null : new Date(expiringBefore), deviceId, renewal };
  const after = query.cursor === undefined ? null : decodeTimeCursor(query.cursor);
  const [rows, total] = await Promise.all([listIdentityRows(filter, after, query.limit + 1), countIdentityRows(filter)]);
  return pageOf(rows, query.limit, total, (last) => [last.notAfter.toISOString(), last.enrollmentId]);
}
