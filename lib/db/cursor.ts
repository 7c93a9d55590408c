import { MusterError } from "@/lib/contracts/errors";

/** A page cursor: opaque to callers, two parts for us (sort value and id). */
export function encodeCursor(parts: readonly [string, string]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** @throws MusterError invalid-input for anything this server did not hand out */
export function decodeCursor(cursor: string): [string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts) && parts.length === 2 && typeof parts[0] === "string" && typeof parts[1] === "string" && !Number.isNaN(Date.parse(parts[0]) || Number(parts[0]))) {
      return [parts[0], parts[1]];
    }
  } catch {
    // falls through to the one refusal
  }
  throw new MusterError("invalid-input", "the cursor is not one of ours", { errors: [{ pointer: "/cursor", detail: "not a cursor of this server" }] });
}
