const CHUNK = 0x8000;

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
