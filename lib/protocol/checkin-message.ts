import { channelOf, type Channel } from "./channel";
import type { AuthenticateMessage, CheckinMessage, SetBootstrapTokenMessage, TokenUpdateMessage } from "./checkin-types";
import { booleanField, dataField, dictionaryField, textField } from "./plist/plist-fields";
import { isDictionary, type PlistDictionary } from "./plist/plist-value";
import { readPlist } from "./plist/read-plist";
import { ProtocolError } from "./protocol-error";
import { errorChainOf, type ErrorChainItem } from "./results/error-chain";

export type { Channel } from "./channel";
export type * from "./checkin-types";
export type { ErrorChainItem } from "./results/error-chain";

/** What a device says of a command, or that it is idle (Apple, "Sending MDM commands to a device"). */
export interface CommandReport {
  channel: Channel;
  /** Idle, Acknowledged, Error, CommandFormatError, NotNow, or a word Apple adds later. */
  status: string;
  commandUuid: string | null;
  errorChain: ErrorChainItem[] | null;
  /** The whole report. */
  body: PlistDictionary;
  /** Only whose it is and which command it ends could be read. */
  unreadable?: true;
}

export type DeviceMessage = { kind: "checkin"; message: CheckinMessage } | { kind: "report"; report: CommandReport };

/** Facts for people: longer ones are cut. Real names have under a hundred characters. */
const LONGEST_FACT = 500;
/** Topics, magics, endpoints and names of services mean nothing when cut, so a longer one is refused. */
const LONGEST_WORD = 1_000;
/** APNs takes tokens of up to 100 bytes and may take longer ones. */
const LONGEST_TOKEN = 4_096;

/**
 * Decodes what a device sends to either URL: `MessageType` makes it a check-in message, else `Status` a report.
 * Keys of other platforms may be missing, keys that are not known are ignored.
 * @throws ProtocolError plist-malformed, or message-malformed when nothing can be done without what is missing
 */
export function decodeDeviceMessage(bytes: Uint8Array): DeviceMessage {
  const body = readPlist(bytes);
  if (!isDictionary(body)) throw new ProtocolError("message-malformed", "the message is not a dictionary");
  const messageType = textField(body, "MessageType");
  if (messageType !== null) return { kind: "checkin", message: checkinMessage(messageType, body) };
  const status = textField(body, "Status");
  if (status === null) throw new ProtocolError("message-malformed", "the message has neither MessageType nor Status");
  const report = { channel: sender(body), status, commandUuid: textField(body, "CommandUUID"), errorChain: errorChainOf(body), body };
  return { kind: "report", report };
}

function checkinMessage(messageType: string, body: PlistDictionary): CheckinMessage {
  switch (messageType) {
    case "Authenticate":
      return authenticate(body);
    case "TokenUpdate":
      return tokenUpdate(body);
    case "CheckOut":
      return { messageType, channel: sender(body), topic: textField(body, "Topic") };
    case "UserAuthenticate":
      return { messageType, channel: user(body), digestResponse: textField(body, "DigestResponse") };
    case "SetBootstrapToken":
      return setBootstrapToken(body);
    case "GetBootstrapToken":
      return { messageType, channel: sender(body) };
    case "DeclarativeManagement":
      return { messageType, channel: sender(body), endpoint: word(body, "Endpoint"), data: dataField(body, "Data") };
    case "GetToken":
      return { messageType, channel: sender(body), tokenServiceType: word(body, "TokenServiceType"), tokenParameters: dictionaryField(body, "TokenParameters") };
    case "ReturnToService":
      return { messageType, channel: sender(body) };
    default:
      return { messageType: "Unknown", name: messageType, channel: channelOf(body) };
  }
}

/** In a User Enrollment what would tell the hardware is forbidden; a device that sends it anyway is not listened to. */
function authenticate(body: PlistDictionary): AuthenticateMessage {
  const channel = sender(body);
  const hardware = (key: string) => (channel.deviceKeyKind === "enrollment-id" ? null : fact(body, key));
  return {
    messageType: "Authenticate",
    channel,
    topic: word(body, "Topic"),
    deviceName: fact(body, "DeviceName"),
    model: fact(body, "Model"),
    modelName: fact(body, "ModelName"),
    productName: fact(body, "ProductName"),
    osVersion: fact(body, "OSVersion"),
    buildVersion: fact(body, "BuildVersion"),
    serialNumber: hardware("SerialNumber"),
    imei: hardware("IMEI"),
    meid: hardware("MEID"),
  };
}

function tokenUpdate(body: PlistDictionary): TokenUpdateMessage {
  const token = required(dataField(body, "Token"), "Token");
  if (token.length > LONGEST_TOKEN) throw new ProtocolError("message-malformed", "Token is too long");
  return {
    messageType: "TokenUpdate",
    channel: sender(body),
    topic: word(body, "Topic"),
    token,
    pushMagic: word(body, "PushMagic"),
    unlockToken: dataField(body, "UnlockToken"),
    awaitingConfiguration: booleanField(body, "AwaitingConfiguration") ?? false,
    notOnConsole: booleanField(body, "NotOnConsole"),
  };
}

/** Absence withdraws the token, so another type than data must not count as absence. */
function setBootstrapToken(body: PlistDictionary): SetBootstrapTokenMessage {
  const value = body["BootstrapToken"];
  if (value !== undefined && !(value instanceof Uint8Array)) throw new ProtocolError("message-malformed", "BootstrapToken is not data");
  return { messageType: "SetBootstrapToken", channel: sender(body), bootstrapToken: dataField(body, "BootstrapToken") };
}

function sender(body: PlistDictionary): Channel {
  return required(channelOf(body), "UDID or EnrollmentID");
}

function user(body: PlistDictionary): Channel {
  const channel = sender(body);
  if (channel.kind !== "user") throw new ProtocolError("message-malformed", "UserID is missing");
  return channel;
}

function fact(body: PlistDictionary, key: string): string | null {
  return textField(body, key)?.slice(0, LONGEST_FACT) ?? null;
}

function word(body: PlistDictionary, key: string): string {
  const text = required(textField(body, key), key);
  if (text.length > LONGEST_WORD) throw new ProtocolError("message-malformed", `${key} is too long`);
  return text;
}

function required<T>(value: T | null, key: string): T {
  if (value === null) throw new ProtocolError("message-malformed", `${key} is missing`);
  return value;
}
