import { z } from "zod";
import { manyDecided } from "./admissions";
import { instant, listOf, listQuery } from "./common";
import { RESTORE_POLICIES, RESTORE_SIGNS, RESTORE_STATES, wordsOf } from "./words";

export const restoreState = z.enum(wordsOf(RESTORE_STATES));

/** A device that came back as from a backup, what was seen of that, and what it was answered. */
export const restore = z.object({
  id: z.uuid(),
  deviceId: z.uuid(),
  deviceName: z.string().nullable(),
  serialNumber: z.string().nullable(),
  modelName: z.string().nullable(),
  /** The life it goes on with, or waits in. */
  enrollmentId: z.uuid(),
  signs: z.array(z.enum(wordsOf(RESTORE_SIGNS))),
  /** What it was answered at once. */
  policy: z.enum(wordsOf(RESTORE_POLICIES)),
  policySource: z.enum(["link", "setting", "standard"]),
  state: restoreState,
  createdAt: instant,
  decidedAt: instant.nullable(),
  /** `policy` where nobody had to decide. */
  decidedBy: z.string().nullable(),
});
export type RestoreDto = z.infer<typeof restore>;
export const restoreList = listOf(restore);
export type RestoreList = z.infer<typeof restoreList>;
export const restoreListQuery = listQuery.extend({ state: restoreState.optional() });

const decision = z.enum(["accept", "reject"]);
export type RestoreDecision = z.infer<typeof decision>;
export const decideRestoreBody = z.object({ decision });
export const decideRestoresBody = z.object({ ids: z.array(z.uuid()).min(1).max(500), decision });
export type DecideRestoresBody = z.input<typeof decideRestoresBody>;
export const manyDecidedRestores = manyDecided;
