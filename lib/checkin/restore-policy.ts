import type { RestorePolicy, RestoreSign } from "@/lib/contracts/words";
import { RESTORE_POLICIES } from "@/lib/contracts/words";
import type { Executor } from "@/lib/db/database";
import { readSetting } from "@/lib/db/setting-store";
import { readLinkRow } from "@/lib/enrollment/link-store";

/** Under these signs the life is over: what comes back begins another. */
const OVER: ReadonlySet<RestoreSign> = new Set(["life-ended", "erased", "older-identity"]);

export function isLifeOver(signs: readonly RestoreSign[]): boolean {
  return signs.some((sign) => OVER.has(sign));
}

function asPolicy(value: unknown): RestorePolicy | null {
  return typeof value === "string" && value in RESTORE_POLICIES ? (value as RestorePolicy) : null;
}

/** The setting "restore-policy"; null: accept while the life goes on, quarantine when it is over. */
export async function restorePolicySetting(): Promise<RestorePolicy | null> {
  return asPolicy(await readSetting("restore-policy"));
}

/** What a device that came back from a backup is answered: as its link says, else the setting for everybody, else by what was seen. */
export async function restorePolicyFor(
  tx: Executor,
  linkId: string | null,
  signs: readonly RestoreSign[],
): Promise<{ policy: RestorePolicy; source: "link" | "setting" | "standard" }> {
  const link = linkId === null ? null : await readLinkRow(tx, linkId);
  const ofLink = asPolicy(link?.restorePolicy);
  if (ofLink !== null) return { policy: ofLink, source: "link" };
  const ofSetting = await restorePolicySetting();
  if (ofSetting !== null) return { policy: ofSetting, source: "setting" };
  return { policy: isLifeOver(signs) ? "quarantine" : "accept", source: "standard" };
}
