import { z } from "zod";
import { ADE_ADMISSIONS, ADE_DEVICE_STATES, ADE_PROBLEMS, ADE_REFUSALS, ADE_WEB_PAGES } from "./ade-words";
import { instant, listOf, listQuery } from "./common";
import { serialNumber } from "./enrollment-links";
import { wordsOf } from "./words";

/** This server as one account of Apple Business or School Manager knows it. */
export const adeServer = z.object({
  id: z.uuid(),
  name: z.string(),
  /** For the portal, which encrypts server tokens to it. */
  certificatePem: z.string(),
  token: z.object({ expiresAt: instant, uploadedAt: instant, uploadedBy: z.string() }).nullable(),
  account: z
    .object({
      serverName: z.string().nullable(),
      serverUuid: z.string().nullable(),
      organization: z.string().nullable(),
      organizationId: z.string().nullable(),
      organizationType: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      adminId: z.string().nullable(),
    })
    .nullable(),
  sync: z.object({
    /** When the list of devices was last read to its end. */
    syncedAt: instant.nullable(),
    dueAt: instant,
    /** All devices are read from the beginning, not changes alone. */
    full: z.boolean(),
    problem: z.object({ code: z.enum(wordsOf(ADE_PROBLEMS)), detail: z.string().nullable(), since: instant, retryAt: instant.nullable() }).nullable(),
  }),
  devices: z.number().int(),
  defaultConfigurationId: z.uuid().nullable(),
  createdAt: instant,
  createdBy: z.string(),
});
export type AdeServerDto = z.infer<typeof adeServer>;
export const adeServerList = z.object({ items: z.array(adeServer) });

const name = z.string().trim().min(1).max(100);
export const createAdeServerBody = z.object({ name });
export type CreateAdeServerBody = z.input<typeof createAdeServerBody>;
export const changeAdeServerBody = z.object({ name: name.optional(), defaultConfigurationId: z.uuid().nullable().optional() });
export type ChangeAdeServerBody = z.input<typeof changeAdeServerBody>;

export const putServerTokenBody = z.object({
  /** The .p7m file of the portal: its text, or its bytes in base64. */
  token: z.string().min(1).max(200_000),
  /** The token may be of another account or server than the one before it. */
  confirmAccountChange: z.boolean().default(false),
});
export type PutServerTokenBody = z.input<typeof putServerTokenBody>;
export const syncAdeServerQuery = z.object({
  /** Reads all devices anew instead of what has changed. */
  full: z.enum(["true", "false"]).default("false"),
});

const version = z.string().trim().regex(/^\d{1,3}(\.\d{1,3}){0,3}( \([a-z]\))?$/, "is no version such as 18.1");
const requiredOs = z.object({
  osVersion: version,
  buildVersion: z.string().trim().regex(/^[0-9]{1,3}[A-Z][0-9]{1,5}[a-z]?$/, "is no build such as 22B83").optional(),
  betaProgram: z.object({ description: z.string().min(1).max(200), token: z.string().min(1).max(2_000) }).optional(),
});
export type RequiredOs = z.output<typeof requiredOs>;
const minimum = z.union([version.transform((osVersion): RequiredOs => ({ osVersion })), requiredOs]).optional();
export const minimumOs = z.object({ iOS: minimum, iPadOS: minimum, macOS: minimum });
export type MinimumOs = z.output<typeof minimumOs>;

/** Certificates as base64 of DER, as Apple's profile has them. */
const certificates = z.array(z.base64().max(20_000)).max(20);

/** Apple's profile keys (Apple, "Profile" of device assignment), spelled as this API spells. */
const profileKeys = z.object({
  isMandatory: z.boolean(),
  isMdmRemovable: z.boolean(),
  isSupervised: z.boolean(),
  isMultiUser: z.boolean(),
  isReturnToService: z.boolean(),
  allowPairing: z.boolean(),
  /** Setup Assistant waits until the device is released. */
  awaitConfiguration: z.boolean(),
  autoAdvanceSetup: z.boolean(),
  /** After a restore the device asks for its present profile instead of taking the one in the backup. */
  doNotUseProfileFromBackup: z.boolean(),
  /** Panes that Setup Assistant leaves out; Apple adds to them. */
  skipSetupItems: z.array(z.string().regex(/^[A-Za-z0-9]{1,60}$/, "is no pane")).max(200),
  department: z.string().trim().max(125),
  supportPhoneNumber: z.string().trim().max(50),
  supportEmailAddress: z.union([z.literal(""), z.email("is no e-mail address").max(250)]),
  orgMagic: z.string().max(256),
  language: z.string().regex(/^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$/, "is no language such as en"),
  region: z.string().regex(/^([A-Z]{2})?$/, "is no region such as US"),
  /** Replace the device's own trust anchors for our addresses; empty: the ones of this server, if it has any. */
  anchorCerts: certificates,
  /** Computers that may pair with the device. */
  supervisingHostCerts: certificates,
});
export type AdeProfileKeys = z.output<typeof profileKeys>;

const configurationKeys = profileKeys.extend({
  name,
  admission: z.enum(wordsOf(ADE_ADMISSIONS)),
  /** Of the admission "allow-list". */
  serials: z.array(serialNumber).max(10_000),
  minimumOs,
  webPage: z.enum(wordsOf(ADE_WEB_PAGES)),
  /** Devices that enroll through it join this group. */
  groupId: z.uuid().nullable(),
  /** For simulated devices: they get the test topic. */
  simulated: z.boolean(),
});
export type AdeConfigurationKeys = z.output<typeof configurationKeys>;

/** What a new configuration has where nothing else is said. */
export const ADE_DEFAULTS: Omit<AdeConfigurationKeys, "name"> = {
  isMandatory: true, isMdmRemovable: false, isSupervised: true, isMultiUser: false, isReturnToService: false, allowPairing: true, awaitConfiguration: true,
  autoAdvanceSetup: false, doNotUseProfileFromBackup: true, skipSetupItems: [], department: "", supportPhoneNumber: "", supportEmailAddress: "", orgMagic: "",
  language: "", region: "", anchorCerts: [], supervisingHostCerts: [], admission: "known", serials: [], minimumOs: {}, webPage: "none", groupId: null, simulated: false,
};
export const createAdeConfigurationBody = configurationKeys.partial().required({ name: true });
export type CreateAdeConfigurationBody = z.input<typeof createAdeConfigurationBody>;
export type NewAdeConfiguration = z.output<typeof createAdeConfigurationBody>;
/** What is left out stays as it is. */
export const changeAdeConfigurationBody = configurationKeys.omit({ simulated: true }).partial();
export type ChangeAdeConfigurationBody = z.input<typeof changeAdeConfigurationBody>;
export type AdeConfigurationChange = z.output<typeof changeAdeConfigurationBody>;

export const adeConfiguration = profileKeys.extend({
  id: z.uuid(),
  name: z.string(),
  admission: z.enum(wordsOf(ADE_ADMISSIONS)),
  serials: z.array(z.string()),
  minimumOs: z.object({ iOS: requiredOs.optional(), iPadOS: requiredOs.optional(), macOS: requiredOs.optional() }),
  webPage: z.enum(wordsOf(ADE_WEB_PAGES)),
  group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  simulated: z.boolean(),
  /** Where devices post their MachineInfo: `url` of the profile. */
  enrollmentUrl: z.string(),
  /** The page of `configuration_web_url`; devices are sent there when `webPage` is not "none". */
  webUrl: z.string(),
  /** The link behind it, which devices and events name as their source. */
  linkId: z.uuid(),
  /** Devices it is meant for. */
  devices: z.number().int(),
  /** Certificates issued through it. */
  uses: z.number().int(),
  createdAt: instant,
  createdBy: z.string(),
  updatedAt: instant,
});
export type AdeConfigurationDto = z.infer<typeof adeConfiguration>;
export const adeConfigurationList = z.object({ items: z.array(adeConfiguration) });

export const adeDevice = z.object({
  id: z.uuid(),
  serverId: z.uuid(),
  serialNumber: z.string(),
  model: z.string().nullable(),
  description: z.string().nullable(),
  color: z.string().nullable(),
  assetTag: z.string().nullable(),
  family: z.string().nullable(),
  os: z.string().nullable(),
  /** Why it is enrolled or not. */
  state: z.enum(wordsOf(ADE_DEVICE_STATES)),
  /** One sentence for people. */
  why: z.string(),
  configuration: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  profile: z.object({
    status: z.enum(["empty", "assigned", "pushed", "removed"]),
    uuid: z.string().nullable(),
    assignedAt: instant.nullable(),
    pushedAt: instant.nullable(),
    /** Apple's word to the last assignment; null before one. */
    result: z.string().nullable(),
  }),
  /** The last time it came here. */
  request: z
    .object({ at: instant, outcome: z.enum(["profile", "page", "refused"]), reason: z.enum(wordsOf(ADE_REFUSALS)).nullable(), osVersion: z.string().nullable(), count: z.number().int() })
    .nullable(),
  /** The record of the enrolled device. */
  deviceId: z.uuid().nullable(),
  migrationDeadline: instant.nullable(),
  addedAt: instant,
  removedAt: instant.nullable(),
});
export type AdeDeviceDto = z.infer<typeof adeDevice>;
export const adeDeviceList = listOf(adeDevice);
export type AdeDeviceList = z.infer<typeof adeDeviceList>;
const adeDeviceFilter = z.object({
  /** Serial number, model or asset tag. */
  query: z.string().max(200).optional(),
  state: z.enum(wordsOf(ADE_DEVICE_STATES)).optional(),
  serverId: z.uuid().optional(),
  configurationId: z.uuid().optional(),
});
export type AdeDeviceFilter = z.infer<typeof adeDeviceFilter>;
export const adeDeviceListQuery = listQuery.extend(adeDeviceFilter.shape);

const assignTarget = z.union([
  z.object({ deviceIds: z.array(z.uuid()).min(1).max(10_000) }),
  z.object({ serials: z.array(serialNumber).min(1).max(10_000) }),
  z.object({ filter: adeDeviceFilter }),
]);
export type AdeAssignTarget = z.infer<typeof assignTarget>;
export const assignAdeDevicesBody = z.object({
  target: assignTarget,
  /** Null takes the assignment away: the device is set up without us next time. */
  configurationId: z.uuid().nullable(),
});
export type AssignAdeDevicesBody = z.input<typeof assignAdeDevicesBody>;
export const adeAssigned = z.object({ devices: z.number().int() });
