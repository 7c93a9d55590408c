import { MusterError } from "@/lib/contracts/errors";
import { uuidOrNull } from "@/lib/db/uuid";
import { transaction } from "@/lib/db/transaction";
import { verifyDeviceCertificate } from "@/lib/pki/identity-service";
import type { CheckinMessage, DeviceMessage } from "@/lib/protocol/checkin-message";
import { decodeDeviceMessage } from "@/lib/protocol/checkin-message";
import type { DeviceAnswer, DeviceExchange } from "@/lib/protocol/device-exchange";
import { emptyAnswer } from "@/lib/protocol/device-exchange";
import { salvageReport } from "@/lib/protocol/results/salvage-report";
import type { BoundContact } from "./admit-contact";
import { admitAuthenticate, admitMessage } from "./admit-contact";
import { authenticate } from "./authenticate";
import { checkOut } from "./check-out";
import { noteSkew } from "./clock-skew";
import { connect } from "./connect";
import type { Contact } from "./contact-store";
import { readContact } from "./contact-store";
import { declarativeManagement } from "./declarative-management";
import { beginExchange } from "./exchange-log";
import { getBootstrapToken } from "./get-bootstrap-token";
import { getToken } from "./get-token";
import { isRefusal, noteRefusal } from "./note-refusal";
import { plistAnswer } from "./plist-answer";
import { returnToService } from "./return-to-service";
import type { Sender } from "./sender";
import { senderOf } from "./sender";
import { setBootstrapToken } from "./set-bootstrap-token";
import { answerTermination } from "./termination";
import { tokenUpdate } from "./token-update";
import { userAuthenticate } from "./user-authenticate";

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
  const seen = beginExchange(exchange);
  let sender: Sender | null = null;
  try {
    sender = senderOf(exchange);
    await verifyDeviceCertificate(sender.certificate);
    seen.sender = sender;
    seen.decoded = decode(exchange.body);
    return await answer(exchange, seen.sender, seen.decoded);
  } catch (error) {
    if (!(error instanceof MusterError) || !isRefusal(error)) throw error;
    if (isLateGoodbye(seen.decoded, error)) return emptyAnswer(200);
    seen.refusal = error.code;
    await noteRefusal(exchange, sender, seen.decoded, error);
    throw error;
  }
}

function decode(body: Buffer): DeviceMessage {
  try {
    return decodeDeviceMessage(body);
  } catch (error) {
    const report = salvageReport(body);
    if (report !== null) return { kind: "report", report };
    throw new MusterError("message-unreadable", "the body is no message of a device", { cause: error });
  }
}

function reportedId(decoded: DeviceMessage): string | null {
  return decoded.kind === "report" ? uuidOrNull(decoded.report.commandUuid) : null;
}

async function answer(exchange: DeviceExchange, sender: Sender, decoded: DeviceMessage): Promise<DeviceAnswer> {
  const { channel } = decoded.kind === "report" ? decoded.report : decoded.message;
  if (channel === null) throw new MusterError("message-unreadable", "the message names no device");
  const contact = await readContact({ fingerprint: sender.certificate.fingerprint, userKey: channel.kind === "user" ? channel.key : null, commandId: reportedId(decoded) });
  const question = { contact, sender, channel };
  if (decoded.kind === "checkin" && decoded.message.messageType === "Authenticate") {
    admitAuthenticate(question);
    const terminated = await terminationOf(contact, exchange);
    return terminated ?? authenticate({ ...contact, fingerprint: sender.certificate.fingerprint }, decoded.message);
  }
  const mayBeRestored = decoded.kind === "checkin" && decoded.message.messageType === "TokenUpdate" && channel.kind === "device";
  const bound = admitMessage(question, mayBeRestored);
  await noteSkew(bound, sender, exchange.receivedAt);
  // A goodbye tells more than our answer could still bring about.
  const isGoodbye = decoded.kind === "checkin" && decoded.message.messageType === "CheckOut";
  const terminated = isGoodbye ? null : await terminationOf(bound, exchange);
  if (terminated !== null) return terminated;
  if (bound.state === "ended" && !mayBeRestored && !mayStillSpeak(bound, decoded)) throw new MusterError("identity-retired", "the life of this certificate has ended");
  if (decoded.kind === "checkin") return answerCheckin(bound, decoded.message, exchange.headers.accept);
  const command = await connect(bound, decoded.report, exchange.body, exchange.receivedAt);
  return command === null ? emptyAnswer(200) : plistAnswer(command);
}

/** One line for each message of Apple's check-in protocol; Authenticate has been answered before. */
async function answerCheckin(contact: BoundContact, message: CheckinMessage, accept: string | undefined): Promise<DeviceAnswer> {
  switch (message.messageType) {
    case "TokenUpdate":
      return tokenUpdate(contact, message, accept);
    case "CheckOut":
      return checkOut(contact, message);
    case "UserAuthenticate":
      return userAuthenticate(contact, message);
    case "SetBootstrapToken":
      return setBootstrapToken(contact, message);
    case "GetBootstrapToken":
      return getBootstrapToken(contact);
    case "DeclarativeManagement":
      return declarativeManagement(contact, message);
    case "GetToken":
      return getToken(contact, message);
    case "ReturnToService":
      return returnToService(contact);
    case "Authenticate":
      throw new MusterError("internal", "Authenticate was dealt with before");
    case "Unknown":
      throw new MusterError("message-unknown", `no answer is known to ${message.name.slice(0, 100)}`);
  }
}

/** A life that ended in peace is listened to, and gets none of what is kept for a living one. */
function mayStillSpeak({ endedCause }: BoundContact, decoded: DeviceMessage): boolean {
  if (decoded.kind === "checkin") return decoded.message.messageType === "CheckOut";
  return PEACEFUL_ENDS.has(endedCause ?? "");
}

/** CheckOut is said once, and nothing we answer changes anything for the device: to one we let go it is no offense. */
function isLateGoodbye(decoded: DeviceMessage | null, error: MusterError): boolean {
  const isGoodbye = decoded?.kind === "checkin" && decoded.message.messageType === "CheckOut";
  return isGoodbye && (error.code === "identity-retired" || error.code === "identity-unbound");
}

async function terminationOf({ terminationMethod: method, enrollmentId }: Contact, exchange: DeviceExchange): Promise<DeviceAnswer | null> {
  if (enrollmentId === null || (method !== "unrecognized" && method !== "unauthorized")) return null;
  return transaction((tx) => answerTermination(tx, enrollmentId, exchange.headers.accept));
}
