import { z } from "zod";

/** RFC 8555 section 6.2: a flattened JWS whose protected header names nonce, address and key. */
const flattened = z.object({ protected: z.string(), payload: z.string(), signature: z.string() });
const protectedHeader = z.object({ alg: z.string(), nonce: z.string().max(200), url: z.string(), jwk: z.unknown().optional(), kid: z.string().max(4_000).optional() });

export interface AcmeEnvelope {
  jws: z.infer<typeof flattened>;
  header: z.infer<typeof protectedHeader>;
}

/** Null when it is no such message. */
export function readAcmeEnvelope(body: Buffer): AcmeEnvelope | null {
  const jws = flattened.safeParse(parseJson(body));
  if (!jws.success) return null;
  const header = protectedHeader.safeParse(parseJson(Buffer.from(jws.data.protected, "base64url")));
  return header.success ? { jws: jws.data, header: header.data } : null;
}

export const newAccountPayload = z.object({ onlyReturnExisting: z.boolean().optional() });
export const newOrderPayload = z.object({
  identifiers: z.array(z.object({ type: z.string(), value: z.string().max(200) })),
  notBefore: z.unknown().optional(),
  notAfter: z.unknown().optional(),
});
/** draft-ietf-acme-device-attest section 5: absent when the device has no attestation. */
export const attestationPayload = z.object({ attObj: z.string().optional() });
export const finalizePayload = z.object({ csr: z.string().max(20_000) });

/** Null when it is no JSON. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
