/** Base64 (RFC 4648 section 4) with white space anywhere; padding may be missing. Null when it is not base64. */
export function bytesOfBase64(text: string): Uint8Array | null {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

/** Divisible by 3, so that chunks can be joined; few enough to be arguments of one call. */
const CHUNK_BYTES = 8190;

/** Base64 with padding, on one line. */
export function base64OfBytes(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + CHUNK_BYTES)));
  }
  return text;
}
