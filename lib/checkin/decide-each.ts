import type { ManyDecided } from "@/lib/contracts/admissions";
import { MusterError } from "@/lib/contracts/errors";

/** Decides one after another, each in a transaction of its own: what one of them does not admit keeps no other from it. */
export async function decideEach(ids: readonly string[], decide: (id: string) => Promise<unknown>): Promise<ManyDecided> {
  const skipped: ManyDecided["skipped"] = [];
  for (const id of new Set(ids)) {
    try {
      await decide(id);
    } catch (error) {
      if (!(error instanceof MusterError) || (error.code !== "conflict" && error.code !== "not-found")) throw error;
      skipped.push({ id, reason: error.message });
    }
  }
  return { decided: new Set(ids).size - skipped.length, skipped };
}
