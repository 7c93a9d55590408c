import type { Channel } from "./channel";
import type { PlistDictionary } from "./plist/plist-value";

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
  /** This and the two below are always null in a User Enrollment, which hides the hardware. */
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

/** A network or mobile user of a Mac logs in (Apple, "User Authenticate"). */
export interface UserAuthenticateMessage {
  messageType: "UserAuthenticate";
  channel: Channel;
  /** Only in the second request, which answers a challenge. */
  digestResponse: string | null;
}

export interface SetBootstrapTokenMessage {
  messageType: "SetBootstrapToken";
  channel: Channel;
  /** Null, for a missing or an empty one, withdraws the token held. */
  bootstrapToken: Uint8Array | null;
}

export interface GetBootstrapTokenMessage {
  messageType: "GetBootstrapToken";
  channel: Channel;
}

/** Apple, "Declarative Management". */
export interface DeclarativeManagementMessage {
  messageType: "DeclarativeManagement";
  channel: Channel;
  /** tokens, declaration-items, status or declaration/…/… */
  endpoint: string;
  data: Uint8Array | null;
}

/** Apple, "Get Token". */
export interface GetTokenMessage {
  messageType: "GetToken";
  channel: Channel;
  tokenServiceType: string;
  tokenParameters: PlistDictionary | null;
}

/** The user begins a Return to Service on the device itself (Apple, "Return to Service"). */
export interface ReturnToServiceMessage {
  messageType: "ReturnToService";
  channel: Channel;
}

/** A check-in message Apple may add later. Its own name stands in `name`. */
export interface UnknownMessage {
  messageType: "Unknown";
  name: string;
  channel: Channel | null;
}

export type CheckinMessage =
  | AuthenticateMessage
  | TokenUpdateMessage
  | CheckOutMessage
  | UserAuthenticateMessage
  | SetBootstrapTokenMessage
  | GetBootstrapTokenMessage
  | DeclarativeManagementMessage
  | GetTokenMessage
  | ReturnToServiceMessage
  | UnknownMessage;
