/** Types of RFC 8555 section 6.7 and draft-ietf-acme-device-attest that this server uses. */
export type AcmeErrorType =
  | "accountDoesNotExist"
  | "badAttestationStatement"
  | "badCSR"
  | "badNonce"
  | "badPublicKey"
  | "malformed"
  | "orderNotReady"
  | "rejectedIdentifier"
  | "unauthorized"
  | "unsupportedIdentifier";

export interface ProblemDocument {
  type: string;
  detail: string;
}

/**
 * A refusal in the words of ACME. Its status is 400 where the RFC would say 401 or 403: a device ends its management at
 * those, whatever it had asked for.
 */
export class AcmeProblem extends Error {
  override readonly name = "AcmeProblem";

  constructor(readonly type: AcmeErrorType, detail: string, readonly status: 400 | 404 = 400, options?: ErrorOptions) {
    super(detail, options);
  }

  get document(): ProblemDocument {
    return { type: `urn:ietf:params:acme:error:${this.type}`, detail: this.message };
  }
}
