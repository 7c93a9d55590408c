import { ADE_REFUSALS, type AdeRefusal } from "@/lib/contracts/ade-words";
import { MusterError } from "@/lib/contracts/errors";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import { database, type Executor } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceAnswer } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import type { DeviceError } from "@/lib/protocol/errors/device-error";
import type { MachineInfo } from "@/lib/protocol/machine-info";
import { machineInfoIn, openSignedByDevice } from "../device-signature";
import { refuseEnrollment } from "../enrollment-refusal";
import { enrollmentProfileFor, profileAnswer } from "../enrollment-profile-for";
import { readLinkRow } from "../link-store";
import { admissionRefusal } from "./admit-device";
import type { AdeConfigurationRow } from "./configuration-store";
import { findConfigurationByToken } from "./configuration-store";
import { missingOs, updateRequired } from "./minimum-os";
import { isManagedSerial, noteRequest } from "./request-store";

/** A genuine device with what it says of itself. The serial number is proved by its signature. */
export type ProvedDevice = MachineInfo & { serialNumber: string };

/** Who asks, and how he wants to hear of a refusal. */
export interface Asker {
  accept: string | undefined;
  remoteAddress: string;
  userAgent: string | null;
}

/** @throws MusterError not-found for a token of no configuration */
export async function configurationOfToken(token: string | null): Promise<AdeConfigurationRow> {
  const configuration = token === null ? null : await findConfigurationByToken(sha256Hex(token));
  if (configuration === null) throw new MusterError("not-found", "no configuration has this address");
  return configuration;
}

/**
 * Opens the signed MachineInfo by which Setup Assistant asks for a profile (Apple's schema, other/machineinfo).
 * @throws MusterError message-unreadable, signature-invalid, certificate-foreign: each of them 400
 */
export async function openMachineInfo(cms: Buffer): Promise<ProvedDevice> {
  const { content } = await openSignedByDevice(cms);
  const info = machineInfoIn(content);
  const { serialNumber } = info;
  if (serialNumber === null) throw new MusterError("message-unreadable", "the machine info names no serial number");
  return { ...info, serialNumber };
}

/**
 * The answer that keeps a device from enrolling, recorded with its exact body; null when it may. Who is not admitted
 * hears that he is unrecognized; to a device that is managed that would be the end of its management, and it hears 400.
 */
export async function refusalOf(configuration: AdeConfigurationRow, device: ProvedDevice, asker: Asker): Promise<DeviceAnswer | null> {
  return transaction(async (tx) => {
    const reason = await admissionRefusal(tx, configuration, device);
    if (reason !== null) return refuse(tx, { configuration, device, asker, reason, answer: (await isManagedSerial(tx, device.serialNumber)) ? null : unrecognized(reason) });
    const required = missingOs(configuration.minimumOs, device);
    if (required === null || !device.canUpdate) return null;
    return refuse(tx, { configuration, device, asker, reason: "os-too-old", answer: updateRequired(required) });
  });
}

interface Refusal {
  configuration: AdeConfigurationRow;
  device: ProvedDevice;
  asker: Asker;
  reason: AdeRefusal;
  /** Null: 400, which no device takes for the end of its management. */
  answer: DeviceError | null;
}

async function refuse(tx: Executor, { configuration, device, asker, reason, answer }: Refusal): Promise<DeviceAnswer> {
  const refusal = answer === null ? emptyAnswer(400) : refuseEnrollment(answer, asker.accept);
  await noteRequest(tx, { ...noted(configuration, device), outcome: "refused", reason });
  const data = { ...told(configuration, device, asker), reason, status: refusal.status, contentType: refusal.headers["content-type"] ?? null, body: refusal.body };
  await recordEvents(tx, [{ kind: "ade.refused", actor: "device", linkId: configuration.linkId, data }]);
  return refusal;
}

function unrecognized(reason: AdeRefusal): DeviceError {
  const { label, meaning } = ADE_REFUSALS[reason];
  return {
    code: "com.apple.unrecognized.device",
    description: `${label}: ${meaning}`,
    message: reason === "waiting-for-approval" ? "Your administrator has to let this device in. Try again afterwards." : "Your administrator has not prepared this device. Please ask.",
  };
}

/** The person is shown the page before the profile. */
export async function notePageShown(configuration: AdeConfigurationRow, device: ProvedDevice, asker: Asker): Promise<void> {
  await transaction(async (tx) => {
    await noteRequest(tx, { ...noted(configuration, device), outcome: "page", reason: null });
    await recordEvents(tx, [{ kind: "ade.page-shown", actor: "device", linkId: configuration.linkId, data: told(configuration, device, asker) }]);
  });
}

/** The enrollment profile for this device: its identity is worth nothing on any other. */
export async function handOutProfile(configuration: AdeConfigurationRow, device: ProvedDevice, asker: Asker & { signedInAs?: string | null }): Promise<DeviceAnswer> {
  const link = await readLinkRow(database().pool, configuration.linkId);
  if (link === null) throw new MusterError("not-found", "the configuration has lost its link");
  const profile = await enrollmentProfileFor(link, { boundSerial: device.serialNumber, boundUdid: device.udid });
  await transaction(async (tx) => {
    await noteRequest(tx, { ...noted(configuration, device), outcome: "profile", reason: null });
    const belowMinimum = missingOs(configuration.minimumOs, device) !== null;
    const data = { ...told(configuration, device, asker), via: "ade", ...(belowMinimum ? { belowMinimum, because: "it cannot be told to update" } : {}), ...(asker.signedInAs ? { signedInAs: asker.signedInAs } : {}) };
    await recordEvents(tx, [{ kind: "profile.downloaded", actor: "device", linkId: configuration.linkId, data }]);
  });
  return profileAnswer(profile);
}

function noted({ id }: AdeConfigurationRow, { serialNumber, udid, productName, osVersion, buildVersion }: ProvedDevice) {
  return { configurationId: id, serialNumber, udid, productName, osVersion, buildVersion };
}

function told({ name }: AdeConfigurationRow, device: ProvedDevice, { remoteAddress, userAgent }: Asker) {
  const { serialNumber, udid, productName, osVersion, buildVersion, canUpdate } = device;
  return { name, serialNumber, udid, productName, osVersion, buildVersion, canUpdate, remoteAddress, userAgent };
}
