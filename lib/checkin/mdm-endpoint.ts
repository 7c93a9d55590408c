import { log } from "@/lib/config/log";
import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { transaction } from "@/lib/db/transaction";
import { setClockSkew } from "@/lib/devices/enrollment-store";
import { recordEvents } from "@/lib/events/event-log";
import type { CheckinMessage, DeviceMessage } from "@/lib/protocol/checkin-message";
import { decodeDeviceMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import type { BoundContact } from "./admit-contact";
import { admitAuthenticate, admitMessage } from "./admit-contact";
import { authenticate } from "./authenticate";
import { checkOut } from "./check-out";
import { connect } from "./connect";
import type { Contact } from "./contact-store";
import { readContact } from "./contact-store";
import type { Sender } from "./sender";
import { senderOf } from "./sender";
import { answerTermination } from "./termination";
import { tokenUpdate } from "./token-update";
import { noteUnknownContact } from "./unknown-contact-store";

const PLIST = { "content-type": "application/xml; charset=UTF-8" };
/** Below this a difference is the network's. */
const SKEW_STEP_SECONDS = 60;
/** What the column holds: a clock may stand in any year. */
const MAX_SKEW_SECONDS = 2 ** 31 - 1;
/** What an ended life may still say: its last answer, or CheckOut after we had ended it. */
const PEACEFUL_ENDS = new Set(["checked-out", "profile-removed"]);

/** For people who open the address in a browser. */
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Device endpoint</title>
<p>This address is for Apple devices that are managed here, and it works.</p></html>`;

/**
 * Check-in and commands alike: either URL takes either kind of message (DESIGN: the body tells them apart).
 * Refusals are recorded as unknown contacts and answered 400; only termination answers otherwise.
 */
export async function answerMdm(exchange: DeviceExchange): Promise<DeviceAnswer> {
  if (exchange.method === "GET" || exchange.method === "HEAD") {
    return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body: PAGE };
  }
  let sender: Sender | null = null;
  let decoded: DeviceMessage | null = null;
  try {
    sender = await senderOf(exchange);
    decoded = decode(exchange.body);
    return await answer(exchange, sender, decoded);
  } catch (error) {
    if (error instanceof MusterError && isRefusal(error)) await noteRefusal(exchange, sender, decoded, error);
    throw error;
  }
}

function decode(body: Buffer): DeviceMessage {
  try {
    return decodeDeviceMessage(body);
  } catch (error) {
    throw new MusterError("message-unreadable", "the body is no message of a device", { cause: error });
  }
}

async function answer(exchange: DeviceExchange, sender: Sender, decoded: DeviceMessage): Promise<DeviceAnswer> {
  const { channel } = decoded.kind === "report" ? decoded.report : decoded.message;
  if (channel === null) throw new MusterError("message-unreadable", "the message names no device");
  const contact = await readContact({ fingerprint: sender.certificate.fingerprint, userKey: channel.kind === "user" ? channel.key : null });
  const question = { contact, sender, channel };
  if (decoded.kind === "checkin" && decoded.message.messageType === "Authenticate") {
    admitAuthenticate(question);
    const terminated = await terminationOf(contact, exchange);
    if (terminated !== null) return terminated;
    await authenticate({ ...contact, fingerprint: sender.certificate.fingerprint }, decoded.message);
    return emptyAnswer(200);
  }
  const bound = admitMessage(question);
  await noteSkew(bound, sender, exchange.receivedAt);
  const terminated = await terminationOf(bound, exchange);
  if (terminated !== null) return terminated;
  if (bound.state === "ended" && !PEACEFUL_ENDS.has(bound.endedCause ?? "")) throw new MusterError("identity-retired", "the life of this certificate has ended");
  if (decoded.kind === "checkin") return answerCheckin(bound, decoded.message);
  const command = await connect(bound, decoded.report, exchange.body, exchange.receivedAt);
  return command === null ? emptyAnswer(200) : { status: 200, headers: PLIST, body: command };
}

async function terminationOf(contact: Contact, exchange: DeviceExchange): Promise<DeviceAnswer | null> {
  const { terminationMethod: method, enrollmentId, deviceId, state, endedCause } = contact;
  if (enrollmentId === null || deviceId === null || (method !== "unrecognized" && method !== "unauthorized")) return null;
  // A life that ended otherwise after it was marked, by CheckOut say, has nothing left to terminate.
  const ended = state === "ended";
  if (ended && endedCause !== "terminated" && endedCause !== "unrecognized") return null;
  return transaction((tx) => answerTermination(tx, { enrollmentId, deviceId, method, ended }, exchange.headers.accept));
}

async function answerCheckin(contact: BoundContact, message: CheckinMessage): Promise<DeviceAnswer> {
  switch (message.messageType) {
    case "TokenUpdate":
      await tokenUpdate(contact, message);
      return emptyAnswer(200);
    case "CheckOut":
      await checkOut(contact);
      return emptyAnswer(200);
    case "Authenticate":
      throw new MusterError("internal", "Authenticate was dealt with before");
    case "Unknown":
      return answerOther(message.name);
  }
}

/** Messages whose refusal Apple provides for; what we would have to keep for the device is not accepted. */
function answerOther(name: string): DeviceAnswer {
  switch (name) {
    case "GetBootstrapToken":
      return { status: 200, headers: PLIST, body: writePlist({}) }; // none is held
    case "UserAuthenticate":
      return emptyAnswer(410); // this user is not managed in this login session
    case "ReturnToService":
      return { status: 200, headers: PLIST, body: writePlist({ ReturnToService: { Enabled: false } }) };
    default:
      throw new MusterError("message-unknown", `no answer is known to ${name}`);
  }
}

async function noteSkew(contact: BoundContact, sender: Sender, receivedAt: Date): Promise<void> {
  if (sender.signingTime === null) return;
  const difference = Math.round((sender.signingTime.getTime() - receivedAt.getTime()) / 1000);
  const skew = Math.max(-MAX_SKEW_SECONDS, Math.min(difference, MAX_SKEW_SECONDS));
  const before = contact.clockSkewSeconds;
  if (before !== null && Math.abs(skew - before) < SKEW_STEP_SECONDS) return;
  if (before === null && Math.abs(skew) < SKEW_STEP_SECONDS) return;
  await setClockSkew(contact.enrollmentId, skew);
}

function nameOf(decoded: DeviceMessage): string {
  if (decoded.kind === "report") return `report ${decoded.report.status}`;
  return decoded.message.messageType === "Unknown" ? decoded.message.name : decoded.message.messageType;
}

function isRefusal(error: MusterError): boolean {
  return /^(message|certificate|signature|identity)-/.test(error.code);
}

async function noteRefusal(exchange: DeviceExchange, sender: Sender | null, decoded: DeviceMessage | null, error: MusterError): Promise<void> {
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
