import { channelOf, type Channel } from "./channel";
import { booleanField, dataField, textField } from "./plist/plist-fields";
import { isDictionary, type PlistDictionary } from "./plist/plist-value";
import { readPlist } from "./plist/read-plist";
import { ProtocolError } from "./protocol-error";
import { errorChainOf, type ErrorChainItem } from "./results/error-chain";

export type { Channel } from "./channel";
export type { ErrorChainItem } from "./results/error-chain";

/** The device introduces itself (Apple, "Authenticate"). What a platform does not send is null. */
export interface AuthenticateMessage {
  messageType: "Authenticate";
  channel: Channel;
  topic: string;
  deviceName: string | null;
  model: string | null;
  modelName: string | null;
  productName: string | null;
  osVersion: string | null;
  buildVersion: string | null;
  serialNumber: string | null;
  imei: string | null;
  meid: string | null;
}

/** The device or a user can be pushed from now on (Apple, "Token Update"). The user stands in `channel`. */
export interface TokenUpdateMessage {
  messageType: "TokenUpdate";
  channel: Channel;
  topic: string;
  token: Uint8Array;
  pushMagic: string;
  /** Null keeps the one we hold: absence does not mean that it is void. */
  unlockToken: Uint8Array | null;
  awaitingConfiguration: boolean;
  /** macOS: true while this user is not the one at the screen. */
  notOnConsole: boolean | null;
}

export interface CheckOutMessage {
  messageType: "CheckOut";
  channel: Channel;
  topic: string | null;
}

/** A check-in message without a type here. Its own name stands in `name`. */
export interface UnknownMessage {
  messageType: "Unknown";
  name: string;
  /** Does Apple document it? */
  known: boolean;
  channel: Channel | null;
}

export type CheckinMessage = AuthenticateMessage | TokenUpdateMessage | CheckOutMessage | UnknownMessage;

/** What a device says of a command, or that it is idle (Apple, "Sending MDM commands to a device"). */
export interface CommandReport {
  channel: Channel;
  /** Idle, Acknowledged, Error, CommandFormatError, NotNow, or a word Apple adds later. */
  status: string;
  commandUuid: string | null;
  errorChain: ErrorChainItem[] | null;
  /** The whole report. */
  body: PlistDictionary;
}

export type DeviceMessage = { kind: "checkin"; message: CheckinMessage } | { kind: "report"; report: CommandReport };

const DOCUMENTED = new Set([
  "UserAuthenticate",
  "SetBootstrapToken",
  "GetBootstrapToken",
  "DeclarativeManagement",
  "GetToken",
  "ReturnToService",
]);

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
    default:
      return { messageType: "Unknown", name: messageType, known: DOCUMENTED.has(messageType), channel: channelOf(body) };
  }
}

function authenticate(body: PlistDictionary): AuthenticateMessage {
  return {
    messageType: "Authenticate",
    channel: sender(body),
    topic: required(textField(body, "Topic"), "Topic"),
    deviceName: textField(body, "DeviceName"),
    model: textField(body, "Model"),
    modelName: textField(body, "ModelName"),
    productName: textField(body, "ProductName"),
    osVersion: textField(body, "OSVersion"),
    buildVersion: textField(body, "BuildVersion"),
    serialNumber: textField(body, "SerialNumber"),
    imei: textField(body, "IMEI"),
    meid: textField(body, "MEID"),
  };
}

function tokenUpdate(body: PlistDictionary): TokenUpdateMessage {
  return {
    messageType: "TokenUpdate",
    channel: sender(body),
    topic: required(textField(body, "Topic"), "Topic"),
    token: required(dataField(body, "Token"), "Token"),
    pushMagic: required(textField(body, "PushMagic"), "PushMagic"),
    unlockToken: dataField(body, "UnlockToken"),
    awaitingConfiguration: booleanField(body, "AwaitingConfiguration") ?? false,
    notOnConsole: booleanField(body, "NotOnConsole"),
  };
}

function sender(body: PlistDictionary): Channel {
  return required(channelOf(body), "UDID or EnrollmentID");
}

function required<T>(value: T | null, key: string): T {
  if (value === null) throw new ProtocolError("message-malformed", `${key} is missing`);
  return value;
}
