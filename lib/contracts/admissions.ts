import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { ADMISSION_STATES, wordsOf } from "./words";

export const admissionState = z.enum(wordsOf(ADMISSION_STATES));

/** A device that came by a link whose devices an admin lets in one by one. */
export const admission = z.object({
  id: z.uuid(),
  link: z.object({ id: z.uuid(), name: z.string() }),
  serialNumber: z.string().nullable(),
  udid: z.string().nullable(),
  productName: z.string().nullable(),
  osVersion: z.string().nullable(),
  /** The device that waits in quarantine; null while it has not enrolled yet. */
  deviceId: z.uuid().nullable(),
  deviceName: z.string().nullable(),
  state: admissionState,
  createdAt: instant,
  /** When it asked last. */
  lastSeenAt: instant,
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
});
export type AdmissionDto = z.infer<typeof admission>;
export const admissionList = listOf(admission);
export type AdmissionList = z.infer<typeof admissionList>;
export const admissionListQuery = listQuery.extend({ state: admissionState.optional() });

const decision = z.enum(["approve", "refuse"]);
export type AdmissionDecision = z.infer<typeof decision>;
export const decideAdmissionBody = z.object({ decision });
export const decideAdmissionsBody = z.object({ ids: z.array(z.uuid()).min(1).max(500), decision });
export type DecideAdmissionsBody = z.input<typeof decideAdmissionsBody>;

/** What a decision on many came to: those that could not be decided stay as they are. */
export const manyDecided = z.object({ decided: z.number().int(), skipped: z.array(z.object({ id: z.uuid(), reason: z.string() })) });
export type ManyDecided = z.infer<typeof manyDecided>;
