import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { AUTHORITY_STATES, IDENTITY_KINDS, RENEWAL_CAUSES, RENEWAL_STAGES, wordsOf } from "./words";

/** What Apple vouches for of the hardware that holds the key; null where Apple does not say. */
export const attestedHardware = z.object({
  serialNumber: z.string().nullable(),
  /** On a Mac the provisioning UDID, which is not the one of management. */
  udid: z.string().nullable(),
  osVersion: z.string().nullable(),
  sepOsVersion: z.string().nullable(),
  llbVersion: z.string().nullable(),
  /** Names the model: J413AP. */
  softwareUpdateDeviceId: z.string().nullable(),
  /** Of a Mac only. */
  systemIntegrityProtection: z.boolean().nullable(),
  secureBoot: z.string().nullable(),
  thirdPartyKernelExtensions: z.boolean().nullable(),
  /** Subject of the root that vouches. */
  authority: z.string(),
  attestedAt: instant,
});
export type AttestedHardware = z.infer<typeof attestedHardware>;

/** How the renewal of an identity stands. */
export const identityRenewal = z.object({
  stage: z.enum(wordsOf(RENEWAL_STAGES)),
  /** When it is due; null where nothing is. */
  dueAt: instant.nullable(),
  /** Of the attempt that runs or ended last; null before the first. */
  cause: z.enum(wordsOf(RENEWAL_CAUSES)).nullable(),
  attempt: z.number().int(),
  startedAt: instant.nullable(),
  startedBy: z.string().nullable(),
  commandId: z.uuid().nullable(),
  /** It does not get on: since when, at which stage and why. Null while it does. */
  stuck: z.object({ at: instant, stage: z.enum(wordsOf(RENEWAL_STAGES)), reason: z.string() }).nullable(),
});
export type IdentityRenewalDto = z.infer<typeof identityRenewal>;

/** The identity that a living device presents, with what is known of its renewal. */
export const deviceIdentity = z.object({
  fingerprint: z.string(),
  serialNumber: z.string(),
  kind: z.enum(wordsOf(IDENTITY_KINDS)),
  notBefore: instant,
  notAfter: instant,
  /** Null for one of another authority that an owner has adopted. */
  authorityId: z.uuid().nullable(),
  attested: z.boolean(),
  device: z.object({ id: z.uuid(), name: z.string().nullable(), serialNumber: z.string().nullable(), lastSeenAt: instant.nullable() }),
  renewal: identityRenewal,
});
export type DeviceIdentityDto = z.infer<typeof deviceIdentity>;
export const deviceIdentityList = listOf(deviceIdentity);
export type DeviceIdentityList = z.infer<typeof deviceIdentityList>;

export const identityListQuery = listQuery.extend({
  /** Those that end before. */
  expiringBefore: instant.optional(),
  deviceId: z.uuid().optional(),
  /** open: an attempt is under way; stuck: it does not get on. */
  renewal: z.enum(["open", "stuck"]).optional(),
});

export const certificateAuthority = z.object({
  id: z.uuid(),
  subject: z.string(),
  fingerprint: z.string(),
  state: z.enum(wordsOf(AUTHORITY_STATES)),
  /** Living devices whose identity it has issued. */
  devices: z.number().int(),
  /** Identities that were issued lately and not shown yet. */
  pending: z.number().int(),
  notBefore: instant,
  notAfter: instant,
  createdAt: instant,
  retiredAt: instant.nullable(),
});
export type CertificateAuthorityDto = z.infer<typeof certificateAuthority>;
export const certificateAuthorityList = z.object({ items: z.array(certificateAuthority) });
