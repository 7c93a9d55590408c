import { log } from "@/lib/config/log";
import type { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import type { DeviceMessage } from "@/lib/protocol/checkin-message";
import type { DeviceExchange } from "@/lib/protocol/device-exchange";
import type { Sender } from "./sender";
import { noteUnknownContact } from "./unknown-contact-store";

/** Is this error about who speaks or what he says, and not about us? */
export function isRefusal(error: MusterError): boolean {
  return /^(message|certificate|signature|identity)-/.test(error.code);
}

/** Records a refused contact with what is known of it; an event only when it is a new one. */
export async function noteRefusal(exchange: DeviceExchange, sender: Sender | null, decoded: DeviceMessage | null, error: MusterError): Promise<void> {
  const message = decoded === null ? null : decoded.kind === "report" ? decoded.report : decoded.message;
  const authenticateMessage = decoded?.kind === "checkin" && decoded.message.messageType === "Authenticate" ? decoded.message : null;
  const messageType = decoded === null ? null : nameOf(decoded);
  const stranger = {
    reason: error.code, claimedKey: message?.channel?.key ?? null, serialNumber: authenticateMessage?.serialNumber ?? null,
    fingerprint: sender?.certificate.fingerprint ?? null, subject: sender?.certificate.subject ?? null, messageType,
    remoteAddress: exchange.remoteAddress, userAgent: exchange.headers["user-agent"] ?? null,
  };
  const fresh = await noteUnknownContact(stranger);
  log.warn("a contact was refused", { code: error.code, messageType, remoteAddress: exchange.remoteAddress, fingerprint: stranger.fingerprint });
  if (!fresh) return;
  const kind = error.code === "message-unknown" ? "checkin.unknown-message" : "checkin.refused";
  await recordEvents(database().pool, [{ kind, actor: "device", data: { reason: error.code, messageType, claimedKey: stranger.claimedKey, remoteAddress: exchange.remoteAddress } }]);
}

/** A device may name its message as it likes. */
function nameOf(decoded: DeviceMessage): string {
  if (decoded.kind === "report") return `report ${decoded.report.status}`.slice(0, 100);
  return (decoded.message.messageType === "Unknown" ? decoded.message.name : decoded.message.messageType).slice(0, 100);
}
