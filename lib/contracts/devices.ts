import { z } from "zod";
import { instant, listOf, listQuery } from "./common";
import { deviceFilter, deviceOrder } from "./device-filter";
import { attestedHardware } from "./identities";
import { END_CAUSES, ENROLLMENT_STATES, IDENTITY_KINDS, PLATFORMS, PUSH_HEALTH, TERMINATION_METHODS, TERMINATION_PROGRESS, wordsOf } from "./words";

export const enrollmentState = z.enum(wordsOf(ENROLLMENT_STATES));
export const endCause = z.enum(wordsOf(END_CAUSES));
export const platform = z.enum(wordsOf(PLATFORMS));
export const terminationMethod = z.enum(wordsOf(TERMINATION_METHODS));

/** A row of the device list. */
export const deviceSummary = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  serialNumber: z.string().nullable(),
  udid: z.string().nullable(),
  platform,
  modelName: z.string().nullable(),
  productName: z.string().nullable(),
  osVersion: z.string().nullable(),
  supervised: z.boolean().nullable(),
  simulated: z.boolean(),
  /** The person the newest life is for. */
  owner: z.string().nullable(),
  createdAt: instant,
  state: enrollmentState.nullable(),
  endedCause: endCause.nullable(),
  awaitingConfiguration: z.boolean(),
  lastSeenAt: instant.nullable(),
  openCommands: z.number().int(),
  /** Ended in failure within 7 days. */
  failedCommands: z.number().int(),
  /** Null when the device is not managed. */
  push: z.enum(wordsOf(PUSH_HEALTH)).nullable(),
  /** Name of the link its newest life came through. */
  linkName: z.string().nullable(),
  /** Names of the people with a channel of their own. */
  users: z.array(z.string()),
});
export type DeviceSummary = z.infer<typeof deviceSummary>;

/** Of the devices in the list; the limit of a page holds for it too. */
const ids = z.string().regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36}){0,199}$/, "ids, separated by commas").describe("Only these devices");
export const deviceListQuery = z.object({ ...listQuery.shape, ...deviceFilter.shape, sort: deviceOrder.default("-added"), ids: ids.optional() });
export type DeviceListQuery = z.infer<typeof deviceListQuery>;
export const deviceList = listOf(deviceSummary);
/** How many devices match; beyond 10 000 nobody counts on: "10 000 or more". */
export const deviceCount = z.object({ total: z.number().int(), capped: z.boolean() });
export type DeviceCount = z.infer<typeof deviceCount>;
export const devicePage = deviceList.extend({ totalCapped: z.boolean() });
export type DevicePage = z.infer<typeof devicePage>;

/** The columns a CSV file of devices can have, by their headings. */
export const DEVICE_CSV_COLUMNS = {
  id: "ID", name: "Name", serialNumber: "Serial number", udid: "UDID", platform: "Platform", osVersion: "OS version", modelName: "Model", productName: "Product",
  state: "State", endedCause: "Ended because", supervised: "Supervised", simulated: "Simulated", awaitingConfiguration: "Awaiting configuration",
  lastSeenAt: "Last contact", createdAt: "Added", owner: "Owner", openCommands: "Open commands", failedCommands: "Failed commands (7 days)", push: "Push", linkName: "Enrollment link", users: "Users",
} as const satisfies Partial<Record<keyof DeviceSummary, string>>;
export type DeviceCsvColumn = keyof typeof DEVICE_CSV_COLUMNS;
const csvColumn = wordsOf(DEVICE_CSV_COLUMNS);
export const deviceCsvQuery = z.object({
  ...deviceFilter.shape,
  sort: deviceOrder.default("-added"),
  columns: z.string().regex(new RegExp(`^(${csvColumn.join("|")})(,(${csvColumn.join("|")}))*$`), `some of ${csvColumn.join(", ")}`).describe("Columns in their order, separated by commas; all when left out").optional(),
});
export type DeviceCsvQuery = z.infer<typeof deviceCsvQuery>;
export type DeviceList = z.infer<typeof deviceList>;

export const identity = z.object({
  fingerprint: z.string(),
  serialNumber: z.string(),
  subject: z.string(),
  issuer: z.string(),
  /** How it was issued. */
  kind: z.enum(wordsOf(IDENTITY_KINDS)),
  /** It was issued elsewhere and taken in by a person; its kind tells nothing then. */
  adopted: z.boolean(),
  /** What Apple vouched for when it was issued by ACME; null otherwise. */
  attestation: attestedHardware.nullable(),
  notBefore: instant,
  notAfter: instant,
});

/** What stands between us and the device. Tokens themselves never leave the server. */
export const pushState = z.object({
  topic: z.string(),
  testTopic: z.boolean(),
  hasToken: z.boolean(),
  tokenUpdatedAt: instant.nullable(),
  tokenDeadAt: instant.nullable(),
  lastPushAt: instant.nullable(),
  lastPushStatus: z.number().int().nullable(),
  lastPushReason: z.string().nullable(),
  lastPushId: z.string().nullable(),
  nextPushAt: instant.nullable(),
  pushesUnanswered: z.number().int(),
});

export const enrollment = z.object({
  id: z.uuid(),
  channel: z.enum(["device", "user"]),
  channelKey: z.string(),
  /** On a user channel; macOS tells all, a Shared iPad the Managed Apple Account as short name. */
  userShortName: z.string().nullable(),
  userLongName: z.string().nullable(),
  /** macOS: true while this user is not the one at the screen. */
  notOnConsole: z.boolean().nullable(),
  life: z.number().int(),
  state: enrollmentState,
  endedCause: endCause.nullable(),
  endedAt: instant.nullable(),
  authenticatedAt: instant,
  enrolledAt: instant.nullable(),
  lastSeenAt: instant.nullable(),
  awaitingConfiguration: z.boolean(),
  clockSkewSeconds: z.number().int().nullable(),
  link: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  identity: identity.nullable(),
  push: pushState,
  termination: z
    .object({
      method: terminationMethod,
      requestedAt: instant,
      requestedBy: z.string(),
      /** A person stands behind it. False for a script of nobody: whoever confirms it first does then, and the second person comes after. */
      byPerson: z.boolean(),
      /** The device is refused rather than released. */
      rejected: z.boolean(),
      progress: z.enum(wordsOf(TERMINATION_PROGRESS)),
      /** Since when the hourly limit holds our answer back. */
      heldAt: instant.nullable(),
      confirmedAt: instant.nullable(),
      confirmedBy: z.string().nullable(),
    })
    .nullable(),
});
export type EnrollmentDto = z.infer<typeof enrollment>;

export const inventoryFact = z.object({ kind: z.string(), learnedAt: instant, value: z.unknown() });

/** The certificates on a device as it told them, read; `isOurs`: the identity it is or was managed by. */
export const deviceCertificates = z.object({
  /** When the device was heard; null when it was never asked. */
  learnedAt: instant.nullable(),
  items: z.array(
    z.object({
      commonName: z.string().nullable(),
      isIdentity: z.boolean(),
      isOurs: z.boolean(),
      subject: z.string().nullable(),
      issuer: z.string().nullable(),
      serialNumber: z.string().nullable(),
      fingerprint: z.string().nullable(),
      notBefore: instant.nullable(),
      notAfter: instant.nullable(),
    }),
  ),
});
export type DeviceCertificates = z.infer<typeof deviceCertificates>;

/** A secret in escrow. `commandId`: the command that set it, such as a lock with a PIN. `current`: of the life that goes on now. */
export const secretHeld = z.object({ id: z.uuid(), kind: z.string(), learnedAt: instant, commandId: z.uuid().nullable(), current: z.boolean() });

export const secretParams = z.object({ id: z.uuid(), secretId: z.uuid() });
export const revealSecretBody = z.object({ reason: z.string().trim().min(3).max(500) });
/** `value` is the secret itself: as text, or as base64 where it is no text. */
export const revealedSecret = z.object({ id: z.uuid(), kind: z.string(), encoding: z.enum(["text", "base64"]), value: z.string(), learnedAt: instant });
export type RevealedSecret = z.infer<typeof revealedSecret>;

export const device = deviceSummary.extend({
  model: z.string().nullable(),
  buildVersion: z.string().nullable(),
  imei: z.string().nullable(),
  meid: z.string().nullable(),
  /** Newest life first. */
  enrollments: z.array(enrollment),
  inventory: z.array(inventoryFact),
  /** Which secrets are held, never their values. */
  secrets: z.array(secretHeld),
});
export type DeviceDto = z.infer<typeof device>;

export const changeDeviceBody = z.object({
  /** The person its present life is for; null for nobody. A new enrollment says it anew. */
  owner: z.string().trim().min(1).max(200).nullable(),
});

export const terminationBody = z.object({ method: terminationMethod });
export type TerminationBody = z.infer<typeof terminationBody>;

/** `mayStillRun`: the device had been given RemoveProfile already, and may remove the profile for all that. */
export const terminationWithdrawn = z.object({ id: z.uuid(), state: enrollmentState, mayStillRun: z.boolean() });

/** Which ways out a device understands; `unrecognized` is answered 401 where it does not fit. */
export const terminationOptions = z.object({
  methods: z.array(z.object({ method: terminationMethod, fits: z.boolean() })),
  /** 401 and 403 in the last hour that no second person confirmed. */
  limit: z.object({ perHour: z.number().int(), used: z.number().int() }),
});
export type TerminationOptionsDto = z.infer<typeof terminationOptions>;

/** The answer to a requested push: when it is due. */
export const pushRequested = z.object({ enrollmentId: z.uuid(), pushDueAt: instant });

/** A stranger on a device route. */
export const unknownContact = z.object({
  id: z.uuid(),
  reason: z.string(),
  claimedKey: z.string().nullable(),
  serialNumber: z.string().nullable(),
  fingerprint: z.string().nullable(),
  subject: z.string().nullable(),
  messageType: z.string().nullable(),
  /** The device it was issued to, where the certificate is another's. */
  issuedTo: z.object({ key: z.string().nullable(), serialNumber: z.string().nullable() }).nullable(),
  /** An owner may take it in. */
  adoptable: z.boolean(),
  adoptedAt: instant.nullable(),
  adoptedBy: z.string().nullable(),
  remoteAddress: z.string(),
  userAgent: z.string().nullable(),
  count: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
});
/** The fingerprint as it was read, so that nobody adopts what he has not looked at. */
export const adoptContactBody = z.object({ fingerprint: z.string().min(1).max(200) });

export const forgetDeviceBody = z.object({ reason: z.string().trim().min(1).max(500) });
export const deviceForgotten = z.object({ id: z.uuid() });

export const unknownContactList = listOf(unknownContact);
export type UnknownContactList = z.infer<typeof unknownContactList>;
