import { channelOf } from "../channel";
import { emptyDictionary } from "../plist/plist-value";
import type { CommandReport } from "../checkin-message";

/** Keys of a report outside of its answer. */
const KEYS = ["UDID", "EnrollmentID", "UserID", "EnrollmentUserID", "UserShortName", "CommandUUID", "Status"] as const;
const LONGEST_VALUE = 255;

/**
 * What can be told of a report that is no readable property list: whose it is and which command it ends. Null when it
 * is none, or does not say so in XML. A device repeats a report that is refused, and nothing of its queue would move.
 */
export function salvageReport(bytes: Uint8Array): CommandReport | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  if (text.includes("<key>MessageType</key>")) return null;
  const body = emptyDictionary();
  for (const key of KEYS) {
    const value = valueOf(text, key);
    if (value !== null) body[key] = value;
  }
  const { Status: status, CommandUUID: commandUuid } = body;
  if (typeof status !== "string" || typeof commandUuid !== "string") return null;
  try {
    const channel = channelOf(body);
    return channel === null ? null : { channel, status, commandUuid, errorChain: null, body, unreadable: true };
  } catch {
    return null;
  }
}

/** The last one counts: the answer itself, which may hold the same keys, stands before them where keys are in order. */
function valueOf(text: string, key: string): string | null {
  const mark = `<key>${key}</key>`;
  const at = text.lastIndexOf(mark);
  if (at < 0) return null;
  const match = /^\s*<string>([^<&]*)<\/string>/.exec(text.slice(at + mark.length, at + mark.length + LONGEST_VALUE + 100));
  const value = match?.[1];
  return value === undefined || value === "" || value.length > LONGEST_VALUE ? null : value;
}
