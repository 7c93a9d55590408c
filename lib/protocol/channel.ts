import { textField } from "./plist/plist-fields";
import type { PlistDictionary } from "./plist/plist-value";
import { ProtocolError } from "./protocol-error";

/** Who speaks: a device, or a user of it. */
export interface Channel {
  kind: "device" | "user";
  /** UDID or EnrollmentID. */
  deviceKey: string;
  deviceKeyKind: "udid" | "enrollment-id";
  /** Names the channel: deviceKey, or deviceKey and the user joined by a colon. */
  key: string;
  userId: string | null;
  userShortName: string | null;
  userLongName: string | null;
}

/** Every user of a Shared iPad has this UserID; the short name tells them apart. */
const SHARED_IPAD_USER = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";

/** Real ones have under 50 characters; Apple promises no length, a database index does. */
const LONGEST_IDENTIFIER = 255;

/**
 * The channel of any message: UDID with UserID, or in a User Enrollment EnrollmentID with EnrollmentUserID. Both
 * are opaque text. Null when no device is named.
 * @throws ProtocolError message-malformed for an identifier that cannot be one
 */
export function channelOf(message: PlistDictionary): Channel | null {
  const udid = textField(message, "UDID");
  const identifier = udid ?? textField(message, "EnrollmentID");
  if (identifier === null) return null;
  const deviceKey = unambiguous(bounded(identifier));
  // Of a User Enrollment EnrollmentUserID names the user: a UserID would tell who he is elsewhere.
  const [ours, other] = udid === null ? (["EnrollmentUserID", "UserID"] as const) : (["UserID", "EnrollmentUserID"] as const);
  const userId = textField(message, ours) ?? textField(message, other);
  const userShortName = textField(message, "UserShortName");
  const base = { deviceKey, deviceKeyKind: udid === null ? "enrollment-id" : "udid" } as const;
  if (userId === null) return { ...base, kind: "device", key: deviceKey, userId: null, userShortName: null, userLongName: null };
  const user = userId.toUpperCase() === SHARED_IPAD_USER ? userShortName : userId;
  if (user === null) throw new ProtocolError("message-malformed", "a user of a Shared iPad without a short name");
  const names = { userShortName: cut(userShortName), userLongName: cut(textField(message, "UserLongName")) };
  return { ...base, kind: "user", key: `${deviceKey}:${bounded(user)}`, userId: bounded(userId), ...names };
}

/** Does a user of a Shared iPad speak? */
export function isSharedIpadUser(channel: Channel): boolean {
  return channel.userId?.toUpperCase() === SHARED_IPAD_USER;
}

function cut(name: string | null): string | null {
  return name?.slice(0, LONGEST_IDENTIFIER) ?? null;
}

function bounded(identifier: string): string {
  if (identifier.length > LONGEST_IDENTIFIER) throw new ProtocolError("message-malformed", "an identifier is too long");
  return identifier;
}

/** No known UDID holds a colon. One that did could otherwise pass for a user of another device. */
function unambiguous(identifier: string): string {
  return identifier.replace(/[%:]/g, (character) => (character === ":" ? "%3A" : "%25"));
}
