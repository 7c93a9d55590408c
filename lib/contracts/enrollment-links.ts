import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { ALL_ACCESS_RIGHTS, accessRightsProblem } from "@/lib/protocol/profile/access-rights";
import { ADMISSION_RULES, IDENTITY_KINDS, RESTORE_POLICIES, wordsOf } from "./words";

/** Kinds that have a page of their own; the others belong to a configuration. */
export const PAGE_KINDS = ["profile", "ota"] as const;

/** Upper case, as Apple prints and devices report it. */
export const serialNumber = z.string().trim().toUpperCase().regex(/^[A-Z0-9]{8,20}$/, "is no serial number");

/** AccessRights of the MDM payload. */
export const accessRights = z.number().int().superRefine((rights, context) => {
  const problem = accessRightsProblem(rights);
  if (problem !== null) context.addIssue(problem);
});

export const createEnrollmentLinkBody = z
  .object({
    name: z.string().trim().min(1).max(100),
    expiresAt: instant.optional(),
    maxUses: z.number().int().min(1).max(1_000_000).optional(),
    /** One downloaded file for many devices: its challenge is counted, not bound to a key. */
    reusableProfile: z.boolean().default(false),
    kind: z.enum(PAGE_KINDS).default("profile"),
    identity: z.enum(wordsOf(IDENTITY_KINDS)).default("scep"),
    /** Serial numbers that may use it; empty: any. */
    serials: z.array(serialNumber).max(10_000).default([]),
    admission: z.enum(wordsOf(ADMISSION_RULES)).default("open"),
    /** Null: the setting for everybody. */
    restorePolicy: z.enum(wordsOf(RESTORE_POLICIES)).nullable().default(null),
    /** Devices that enroll through it join this group. */
    groupId: z.uuid().nullable().default(null),
    /** The person its devices are for. */
    owner: z.string().trim().min(1).max(200).nullable().default(null),
    accessRights: accessRights.default(ALL_ACCESS_RIGHTS),
    /** Devices enrolled through it are marked simulated and get the test topic. */
    simulated: z.boolean().default(false),
  })
  .refine((body) => !body.reusableProfile || body.maxUses !== undefined, {
    path: ["maxUses"],
    message: "a reusable profile needs a number of uses",
  })
  .refine((body) => !body.reusableProfile || body.identity === "scep", {
    path: ["identity"],
    message: "only SCEP gives each device of a reusable profile a key of its own",
  })
  .refine((body) => !body.reusableProfile || body.kind === "profile", {
    path: ["reusableProfile"],
    message: "each device gets a profile of its own by the OTA profile service",
  });
export type CreateEnrollmentLinkBody = z.input<typeof createEnrollmentLinkBody>;
export type NewEnrollmentLink = z.output<typeof createEnrollmentLinkBody>;

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
  kind: z.enum(PAGE_KINDS),
  serials: z.array(z.string()),
  admission: z.enum(wordsOf(ADMISSION_RULES)),
  restorePolicy: z.enum(wordsOf(RESTORE_POLICIES)).nullable(),
  group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  owner: z.string().nullable(),
  accessRights: z.number().int(),
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

/** How far people got: page opened, profile downloaded, certificate issued, checked in. Each counts a device as often as it came so far. */
export const linkFunnel = z.object({ opened: z.number().int(), downloaded: z.number().int(), certified: z.number().int(), enrolled: z.number().int() });
export type LinkFunnel = z.infer<typeof linkFunnel>;

export const enrollmentLinkDetail = enrollmentLink.extend({
  funnel: linkFunnel,
  /** Whether this server can mail it. */
  mailable: z.boolean(),
});
export type EnrollmentLinkDetail = z.infer<typeof enrollmentLinkDetail>;
export const enrollmentLinkList = listOf(enrollmentLink);
export type EnrollmentLinkList = z.infer<typeof enrollmentLinkList>;
export const enrollmentLinkListQuery = listQuery;

/** How far the device has come whose profile was downloaded from one opened page: all that this page, which anybody may open, gets to know. */
export const VISIT_STEPS = ["opened", "downloaded", "certified", "introduced", "enrolled", "waiting"] as const;
export const visitStatus = z.object({ step: z.enum(VISIT_STEPS) });
export type VisitStatus = z.infer<typeof visitStatus>;

export const mailLinkBody = z.object({ to: z.email().max(254) });
export type MailLinkBody = z.input<typeof mailLinkBody>;
/** The mail server has taken it. */
export const linkMailed = z.object({ to: z.string() });
