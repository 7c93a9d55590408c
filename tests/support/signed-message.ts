import { signDetached } from "@/lib/crypto/cms-signed-data";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import type { HttpQuestion } from "./device-http";
import type { DeviceIdentity } from "./device-identity";
import { withIndefiniteLengths } from "./indefinite-length";

export interface SignatureStyle {
  /** Apple's devices use SHA-1 to this day. */
  digest: "sha1" | "sha256" | "sha384" | "sha512";
  /** BER with indefinite lengths, as Apple sends it. */
  indefinite: boolean;
}

export const APPLE_SIGNATURE: SignatureStyle = { digest: "sha1", indefinite: true };

/** A message ready for the wire; it can be kept, repeated and tampered with. */
export type SignedMessage = Required<HttpQuestion>;

const CONTENT_TYPES = {
  checkin: "application/x-apple-aspen-mdm-checkin",
  report: "application/x-apple-aspen-mdm; charset=UTF-8",
} as const;
export type MessageKind = keyof typeof CONTENT_TYPES;

/** Without a style the message goes unsigned: TLS says who is speaking. */
export function signedMessage(
  kind: MessageKind,
  url: string,
  message: PlistDictionary,
  identity: DeviceIdentity,
  style: SignatureStyle | null,
): SignedMessage {
  const body = Buffer.from(writePlist(message));
  const headers: Record<string, string> = { "content-type": CONTENT_TYPES[kind], "user-agent": "MDM/1.0" };
  if (style !== null) headers["mdm-signature"] = mdmSignature(body, identity, style);
  return { method: "PUT", url, headers, body };
}

/** The value of Mdm-Signature: base64 of a detached CMS signature with the identity inside. */
export function mdmSignature(body: Buffer, identity: DeviceIdentity, style: SignatureStyle): string {
  const { certificate, privateKey } = identity;
  const cms = signDetached({ content: body, certificate, privateKey, digest: style.digest });
  return (style.indefinite ? withIndefiniteLengths(cms) : cms).toString("base64");
}
