const CHUNK = 0x8000;
/** A certificate is a SEQUENCE of more than 127 bytes (X.690 section 8.1). */
const DER_SEQUENCE = 0x30;
const LONG_FORM = 0x81;

/** Bytes as base64, without building one argument per byte. */
export function bytesToBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

/** A chosen file as base64. */
export async function fileAsBase64(file: File): Promise<string> {
  return bytesToBase64(new Uint8Array(await file.arrayBuffer()));
}

/** Text as base64 of its UTF-8 bytes. */
export function textAsBase64(text: string): string {
  return bytesToBase64(new TextEncoder().encode(text));
}

/** A chosen certificate file as PEM: what is PEM already, or a binary .cer file of Apple's. Several are joined. */
export async function filesAsPem(files: readonly File[]): Promise<string> {
  return (await Promise.all(files.map(fileAsPem))).join("\n");
}

async function fileAsPem(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== DER_SEQUENCE || (bytes[1] ?? 0) < LONG_FORM) return new TextDecoder().decode(bytes);
  return `-----BEGIN CERTIFICATE-----\n${bytesToBase64(bytes)}\n-----END CERTIFICATE-----\n`;
}
