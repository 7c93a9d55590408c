import { z } from "zod";
import { errorChainItem } from "./commands";
import { instant, listOf, listQuery } from "./common";
import { PROFILE_STATES, wordsOf } from "./words";

/** The largest profile that is taken, in bytes. */
export const LARGEST_PROFILE = 2 * 1024 * 1024;

/** A .mobileconfig file in base64: an XML or binary property list, or one signed by CMS. */
const content = z.base64().min(1).max(Math.ceil(LARGEST_PROFILE / 3) * 4, "at most 2 MiB are taken");
const name = z.string().trim().min(1).max(200);
const note = z.string().trim().max(2000);

export const profileState = z.enum(wordsOf(PROFILE_STATES));

export const lintFinding = z.object({
  /** An error keeps the profile from being assigned. */
  severity: z.enum(["error", "warning", "note"]),
  /** JSON pointer (RFC 6901) into the property list. */
  pointer: z.string(),
  detail: z.string(),
});
export type LintFindingDto = z.infer<typeof lintFinding>;

export const profilePayload = z.object({
  type: z.string(),
  /** What people call the type. */
  title: z.string(),
  identifier: z.string().nullable(),
  displayName: z.string().nullable(),
});

export const profileVersion = z.object({
  /** Also the PayloadUUID of what devices get. */
  id: z.uuid(),
  number: z.number().int(),
  bytes: z.number().int(),
  /** SHA-256 of the file. */
  digest: z.string(),
  /** Subject of the certificate that had signed the file. */
  signer: z.string().nullable(),
  payloads: z.array(profilePayload),
  /** Names of the variables in it, without $MUSTER_. */
  variables: z.array(z.string()),
  findings: z.array(lintFinding),
  createdAt: instant,
  createdBy: z.string(),
});
export type ProfileVersionDto = z.infer<typeof profileVersion>;
export const profileVersionList = z.object({ items: z.array(profileVersion) });

export const profile = z.object({
  id: z.uuid(),
  /** PayloadIdentifier */
  identifier: z.string(),
  name: z.string(),
  note: z.string(),
  /** The version that devices get. */
  current: profileVersion,
  /** Groups whose devices get it. */
  groupIds: z.array(z.uuid()),
  /** How many devices stand where. */
  states: z.partialRecord(profileState, z.number().int()),
  createdAt: instant,
  updatedAt: instant,
  createdBy: z.string(),
});
export type ProfileDto = z.infer<typeof profile>;
export const profileList = listOf(profile);
export type ProfileList = z.infer<typeof profileList>;
/** `groupId`: only those that are assigned to the group. */
export const profileListQuery = listQuery.extend({ query: z.string().max(200).optional(), groupId: z.uuid().optional() });

/** The name is that of the file when left out. */
export const uploadProfileBody = z.object({ content, name: name.optional(), note: note.optional() });
export type UploadProfileBody = z.input<typeof uploadProfileBody>;

/** The PayloadIdentifier has to be that of the versions before. */
export const uploadVersionBody = z.object({ content });
export type UploadVersionBody = z.input<typeof uploadVersionBody>;

/** `version` lets devices get an earlier or later version. */
export const changeProfileBody = z.object({ name: name.optional(), note: note.optional(), version: z.number().int().min(1).optional() });
export type ChangeProfileBody = z.input<typeof changeProfileBody>;

export const lintProfileBody = z.object({ content });

/** What can be told of a file before it is kept. */
export const profileLint = z.object({
  /** Null where the file has none that could be used. */
  identifier: z.string().nullable(),
  displayName: z.string().nullable(),
  signer: z.string().nullable(),
  payloads: z.array(profilePayload),
  variables: z.array(z.string()),
  findings: z.array(lintFinding),
  /** The profile of the library that has this identifier. */
  profileId: z.uuid().nullable(),
});
export type ProfileLint = z.infer<typeof profileLint>;

export const versionParams = z.object({ id: z.uuid(), number: z.coerce.number().int().min(1) });
export const previewQuery = z.object({ deviceId: z.uuid().optional() });

/** Secrets are masked, data is told by its size and hash. */
export const profilePreview = z.object({
  /** The keys of the profile around its payloads. */
  values: z.record(z.string(), z.unknown()),
  payloads: z.array(profilePayload.extend({ values: z.record(z.string(), z.unknown()) })),
  /** Variables that have no value for the device asked for; of none without a device. */
  missing: z.array(z.string()),
});
export type ProfilePreview = z.infer<typeof profilePreview>;

/** The groups take the place of those before. */
export const assignProfileBody = z.object({ groupIds: z.array(z.uuid()).max(1000) });
export type AssignProfileBody = z.input<typeof assignProfileBody>;

/** Where a profile stands on a device. */
const standing = z.object({
  state: profileState,
  /** Number of the version it has, as far as we know. */
  version: z.number().int().nullable(),
  /** The command under way, or the last one. */
  commandId: z.uuid().nullable(),
  /** As the device reported them. */
  errorChain: z.array(errorChainItem),
  /** Why it is where it is, where the device has not said it. */
  reason: z.string().nullable(),
  missing: z.array(z.string()),
  /** When it is tried again. */
  retryAt: instant.nullable(),
  installedAt: instant.nullable(),
  /** The newest list of the device that held what it should. */
  seenAt: instant.nullable(),
  /** The newest one that did not, and the PayloadUUID it held instead; null for a profile that was missing. */
  driftedAt: instant.nullable(),
  driftUuid: z.string().nullable(),
  changedAt: instant.nullable(),
});

export type ProfileStanding = z.infer<typeof standing>;

export const profileDevice = standing.extend({
  deviceId: z.uuid(),
  deviceName: z.string().nullable(),
  serialNumber: z.string().nullable(),
  platform: z.string(),
});
export type ProfileDevice = z.infer<typeof profileDevice>;
export const profileDeviceList = listOf(profileDevice);
export const profileDeviceQuery = listQuery.extend({ state: profileState.optional() });

export const deviceProfile = standing.extend({
  identifier: z.string(),
  /** Null once it was deleted from the library and has yet to leave the device. */
  profileId: z.uuid().nullable(),
  name: z.string().nullable(),
});
export type DeviceProfileDto = z.infer<typeof deviceProfile>;
export const deviceProfileList = z.object({ items: z.array(deviceProfile) });

/** Without devices, all on which it failed or drifted. */
export const retryProfileBody = z.object({ deviceIds: z.array(z.uuid()).max(10_000).optional() });
export type RetryProfileBody = z.input<typeof retryProfileBody>;
