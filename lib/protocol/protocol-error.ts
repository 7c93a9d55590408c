export type ProtocolErrorCode =
  /** Not a property list, or one beyond the bounds. */
  | "plist-malformed"
  /** A property list, but not a message of a device. */
  | "message-malformed"
  /** A value that XML property lists cannot hold. */
  | "value-not-writable";

/** What lib/protocol throws. The message never quotes the input: it may hold secrets. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly code: ProtocolErrorCode;

  constructor(code: ProtocolErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}
