import { MusterError } from "@/lib/contracts/errors";
import { isUuid } from "./uuid";

/** A page cursor: opaque to callers, two parts for us (sort value and id). */
export function encodeCursor(parts: readonly [string, string]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The cursor of a list in order of time. @throws MusterError invalid-input for anything this server did not hand out */
export function decodeTimeCursor(cursor: string): { at: Date; id: string } {
  const [time, id] = decode(cursor);
  const at = new Date(time);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== time) throw refusal();
  return { at, id };
}

/** The cursor of a list in order of a sequence. @throws MusterError invalid-input for anything this server did not hand out */
export function decodeSequenceCursor(cursor: string): string {
  const [sequence] = decode(cursor);
  if (!/^\d{1,18}$/.test(sequence)) throw refusal();
  return sequence;
}

/** The cursor of a list in order of some text; the list knows what text it can be. @throws MusterError invalid-input for anything else */
export function decodeTextCursor(cursor: string): { value: string; id: string } {
  const [value, id] = decode(cursor);
  return { value, id };
}

function decode(cursor: string): [string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === 2 && typeof parts[0] === "string" && typeof parts[1] === "string" && isUuid(parts[1])) {
      return [parts[0], parts[1]];
    }
  } catch {
    // falls through to the one refusal
  }
  throw refusal();
}

function refusal(): MusterError {
  return new MusterError("invalid-input", "the cursor is not one of ours", { errors: [{ pointer: "/cursor", detail: "not a cursor of this list" }] });
}
