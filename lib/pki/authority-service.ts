import { MusterError } from "@/lib/contracts/errors";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import { hastenRenewals, listAuthorityRows, retireUselessAuthorities, type AuthorityRow } from "./authority-store";
import { addAuthority, forgetLoadedAuthorities, isAuthorityFresh } from "./server-certificates-service";

/** Devices of the authority before are renewed within so long, besides the share of each day. */
const CHANGE_DAYS = 14;
/** Other nodes may go on issuing from the one before for a minute. */
const YOUNG_MS = 3_600_000;

/** Every authority with what depends on it, the issuing one first. */
export async function listAuthorities(): Promise<AuthorityRow[]> {
  return listAuthorityRows();
}

/**
 * Makes a new authority that issues from now on. The one before stays trusted until no device depends on it: their
 * identities are renewed meanwhile.
 * @throws MusterError conflict within an hour after the last one was made
 */
export async function rotateAuthority(actor: string): Promise<AuthorityRow> {
  const made = await transaction(async (tx) => {
    if (await isAuthorityFresh(tx, YOUNG_MS)) throw new MusterError("conflict", "the present authority was made within the last hour");
    const authority = await addAuthority(tx);
    await hastenRenewals(tx, authority.id, CHANGE_DAYS);
    await recordEvents(tx, [{ kind: "certificate-authority.made", actor, data: { subject: authority.certificate.subject, fingerprint: authority.certificate.fingerprint } }]);
    return authority;
  });
  forgetLoadedAuthorities();
  const row = (await listAuthorityRows()).find(({ id }) => id === made.id);
  if (row === undefined) throw new MusterError("internal", "the new authority vanished");
  return row;
}

/** Retires authorities that issue no more and that nothing depends on. Answers how many. */
export async function retireAuthorities(now = Date.now()): Promise<number> {
  const retired = await transaction(async (tx) => {
    const rows = await retireUselessAuthorities(tx, new Date(now - YOUNG_MS));
    await recordEvents(tx, rows.map(({ subject, fingerprint }) => ({ kind: "certificate-authority.retired" as const, actor: "system", data: { subject, fingerprint } })));
    return rows;
  });
  if (retired.length > 0) forgetLoadedAuthorities();
  return retired.length;
}
