import { log } from "@/lib/config/log";
import type { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { readDeviceRow } from "@/lib/devices/device-list-store";
import type { NewEvent } from "@/lib/events/event-log";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceMessage } from "@/lib/protocol/checkin-message";
import { decodeDeviceMessage } from "@/lib/protocol/checkin-message";
import type { DeviceExchange } from "@/lib/protocol/device-exchange";
import type { Sender } from "./sender";
import type { Stranger } from "./unknown-contact-store";
import { noteUnknownContact } from "./unknown-contact-store";

/** What a stranger says is read only as far as a message of check-in goes. */
const LARGEST_READ = 64 * 1024;

/** Is this error about who speaks or what he says, and not about us? */
export function isRefusal(error: MusterError): boolean {
  return /^(message|certificate|signature|identity)-/.test(error.code);
}

/** Records a refused contact with what is known of it; an event only when it is a new one. */
export async function noteRefusal(exchange: DeviceExchange, sender: Sender | null, read: DeviceMessage | null, error: MusterError): Promise<void> {
  const decoded = read ?? (sender === null ? null : claimOf(exchange.body));
  const owner = await ownerOf(error);
  const stranger = strangerOf(exchange, sender, decoded, error.code, owner);
  const fresh = await noteUnknownContact(stranger);
  log.warn("a contact was refused", { code: error.code, messageType: stranger.messageType, remoteAddress: exchange.remoteAddress, fingerprint: stranger.fingerprint });
  if (fresh) await recordEvents(database().pool, [eventOf(stranger, owner)]);
}

/** Whose the certificate is, where it is another's. */
interface Owner {
  deviceId: string | null;
  key: string | null;
  serialNumber: string | null;
}

async function ownerOf({ code, meta }: MusterError): Promise<Owner | null> {
  if (code !== "identity-mismatch" || meta === null) return null;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const deviceId = text(meta["deviceId"]);
  const device = deviceId === null ? null : await readDeviceRow(deviceId);
  return { deviceId, key: text(meta["key"]), serialNumber: text(meta["serialNumber"]) ?? device?.serialNumber ?? null };
}

function eventOf(stranger: Stranger, owner: Owner | null): NewEvent {
  const { reason, messageType, claimedKey, serialNumber, remoteAddress } = stranger;
  if (owner !== null) {
    const data = { claimed: { key: claimedKey, serialNumber }, issuedTo: { key: owner.key, serialNumber: owner.serialNumber }, messageType, remoteAddress };
    return { kind: "identity.mismatch", actor: "device", deviceId: owner.deviceId, data };
  }
  const kind = reason === "message-unknown" ? "checkin.unknown-message" : "checkin.refused";
  return { kind, actor: "device", data: { reason, messageType, claimedKey, remoteAddress } };
}

function strangerOf(exchange: DeviceExchange, sender: Sender | null, decoded: DeviceMessage | null, reason: string, owner: Owner | null): Stranger {
  const message = decoded === null ? null : decoded.kind === "report" ? decoded.report : decoded.message;
  const checkin = decoded?.kind === "checkin" ? decoded.message : null;
  const { certificate = null } = sender ?? {};
  return {
    reason, claimedKey: message?.channel?.key ?? null, deviceKey: message?.channel?.deviceKey ?? null, deviceKeyKind: message?.channel?.deviceKeyKind ?? null,
    serialNumber: checkin?.messageType === "Authenticate" ? checkin.serialNumber : null,
    topic: checkin?.messageType === "Authenticate" || checkin?.messageType === "TokenUpdate" ? checkin.topic : null,
    fingerprint: certificate?.fingerprint ?? null, subject: certificate?.subject ?? null, certificate: certificate?.der ?? null,
    boundKey: owner?.key ?? null, boundSerial: owner?.serialNumber ?? null,
    messageType: decoded === null ? null : nameOf(decoded), remoteAddress: exchange.remoteAddress, userAgent: exchange.headers["user-agent"] ?? null,
  };
}

/** Whom the holder of a certificate we do not know claims to be; null when he cannot be understood. */
function claimOf(body: Buffer): DeviceMessage | null {
  if (body.length > LARGEST_READ) return null;
  try {
    return decodeDeviceMessage(body);
  } catch {
    return null;
  }
}

/** The same for a device that wants to enroll and cannot prove what it is. */
export async function noteRefusedEnrollment(exchange: DeviceExchange, error: MusterError): Promise<void> {
  const stranger = { ...strangerOf(exchange, null, null, error.code, null), messageType: `MachineInfo at ${exchange.path}` };
  if (!(await noteUnknownContact(stranger))) return;
  const event = eventOf(stranger, null);
  await recordEvents(database().pool, [{ ...event, data: { ...event.data, detail: error.message } }]);
}

/** A device may name its message as it likes. */
function nameOf(decoded: DeviceMessage): string {
  if (decoded.kind === "report") return `report ${decoded.report.status}`.slice(0, 100);
  return (decoded.message.messageType === "Unknown" ? decoded.message.name : decoded.message.messageType).slice(0, 100);
}
