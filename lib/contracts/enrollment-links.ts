import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { IDENTITY_KINDS, wordsOf } from "./words";

export const createEnrollmentLinkBody = z
  .object({
    name: z.string().trim().min(1).max(100),
    expiresAt: instant.optional(),
    maxUses: z.number().int().min(1).max(1_000_000).optional(),
    /** One downloaded file for many devices: its challenge is counted, not bound to a key. */
    reusableProfile: z.boolean().default(false),
    identity: z.enum(wordsOf(IDENTITY_KINDS)).default("scep"),
    /** Devices enrolled through it are marked simulated and get the test topic. */
    simulated: z.boolean().default(false),
  })
  .refine((body) => !body.reusableProfile || body.maxUses !== undefined, {
    path: ["maxUses"],
    message: "a reusable profile needs a number of uses",
  });
export type CreateEnrollmentLinkBody = z.input<typeof createEnrollmentLinkBody>;

/** usable: may be opened now. */
export const LINK_STATES = ["usable", "expired", "used-up", "revoked"] as const;

export const enrollmentLink = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The page for people. */
  url: z.string(),
  /** Answers the signed profile. */
  profileUrl: z.string(),
  state: z.enum(LINK_STATES),
  identity: z.enum(wordsOf(IDENTITY_KINDS)),
  reusableProfile: z.boolean(),
  simulated: z.boolean(),
  maxUses: z.number().int().nullable(),
  uses: z.number().int(),
  expiresAt: instant.nullable(),
  createdAt: instant,
  createdBy: z.string(),
  revokedAt: instant.nullable(),
});
export type EnrollmentLinkDto = z.infer<typeof enrollmentLink>;
export const enrollmentLinkList = listOf(enrollmentLink);
export type EnrollmentLinkList = z.infer<typeof enrollmentLinkList>;
export const enrollmentLinkListQuery = listQuery;
