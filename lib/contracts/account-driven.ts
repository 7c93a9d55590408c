import { z } from "zod";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";
import { instant, listOf } from "./common";
import { accessRights } from "./enrollment-links";
import { ACCOUNT_METHODS, ACCOUNT_MODES, ADMISSION_RULES, IDENTITY_KINDS, MODEL_FAMILIES, RESTORE_POLICIES, wordsOf } from "./words";

/** The part of a Managed Apple Account after the "@". */
const domain = z.string().trim().toLowerCase().max(253).regex(/^(?=.*[a-z])([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, 'must be a domain such as "example.org"');

const changeable = z.object({
  method: z.enum(wordsOf(ACCOUNT_METHODS)),
  /** Which models it answers; empty: all. */
  modelFamilies: z.array(z.enum(wordsOf(MODEL_FAMILIES))).max(6),
  identity: z.enum(wordsOf(IDENTITY_KINDS)),
  admission: z.enum(wordsOf(ADMISSION_RULES)),
  restorePolicy: z.enum(wordsOf(RESTORE_POLICIES)).nullable(),
  groupId: z.uuid().nullable(),
  /** In User Enrollment a device has rights of its own. */
  accessRights,
});

export const createAccountConfigurationBody = z.object({
  domain,
  mode: z.enum(wordsOf(ACCOUNT_MODES)),
  method: changeable.shape.method,
  modelFamilies: changeable.shape.modelFamilies.default([]),
  identity: changeable.shape.identity.default("scep"),
  admission: changeable.shape.admission.default("open"),
  restorePolicy: changeable.shape.restorePolicy.default(null),
  groupId: changeable.shape.groupId.default(null),
  accessRights: changeable.shape.accessRights.default(ALL_ACCESS_RIGHTS),
  /** Devices that enroll so are marked simulated and get the test topic. */
  simulated: z.boolean().default(false),
});
export type CreateAccountConfigurationBody = z.input<typeof createAccountConfigurationBody>;
export type NewAccountConfiguration = z.output<typeof createAccountConfigurationBody>;

/** What is left out stays. Domain and mode are in the hands of devices: they stay. */
export const changeAccountConfigurationBody = changeable.partial();
export type ChangeAccountConfigurationBody = z.infer<typeof changeAccountConfigurationBody>;

export const accountConfiguration = changeable.omit({ groupId: true }).extend({
  id: z.uuid(),
  domain: z.string(),
  mode: z.enum(wordsOf(ACCOUNT_MODES)),
  group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  simulated: z.boolean(),
  /** The link row behind it, as the enrollments name it. */
  linkId: z.uuid(),
  /** Where a device of this domain looks first. */
  discoveryUrl: z.string(),
  /** What it has to find there, if the domain does not lead to this server. */
  discoveryDocument: z.string(),
  baseUrl: z.string(),
  enrolled: z.number().int(),
  createdAt: instant,
  createdBy: z.string(),
});
export type AccountConfigurationDto = z.infer<typeof accountConfiguration>;
export const accountConfigurationList = listOf(accountConfiguration);
export type AccountConfigurationList = z.infer<typeof accountConfigurationList>;

/** What somebody got for signing in; never the token itself. */
export const accountToken = z.object({
  id: z.uuid(),
  account: z.string(),
  kind: z.enum(["access", "refresh"]),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type AccountTokenDto = z.infer<typeof accountToken>;
export const accountTokenList = listOf(accountToken);
export type AccountTokenList = z.infer<typeof accountTokenList>;
