import { randomBytes, type KeyObject } from "node:crypto";
import { octetString, octetsOf, printableString, textOf, type Asn1 } from "./asn1";
import type { Certificate } from "./certificate";
import { signAttached, signDetached, takeApart, verifySigner } from "./cms-signed-data";
import { attribute, digestOfSigner } from "./cms-signer-info";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { SCEP_OID, type Digest } from "./object-identifiers";

/** RFC 8894 section 3.2.1.2. */
export const MESSAGE_TYPE = { certRep: 3, renewalReq: 17, pkcsReq: 19, certPoll: 20, getCert: 21, getCrl: 22 } as const;
/** RFC 8894 section 3.2.1.3. */
export const PKI_STATUS = { success: "0", failure: "2", pending: "3" } as const;
/** RFC 8894 section 3.2.1.4. */
export const FAIL_INFO = { badAlg: "0", badMessageCheck: "1", badRequest: "2", badTime: "3", badCertId: "4" } as const;
export type FailInfo = (typeof FAIL_INFO)[keyof typeof FAIL_INFO];

/** What an answer must repeat of its request. */
export interface ScepTransaction {
  /** Opaque bytes, one a character; they go back as they came. */
  transactionId: string;
  senderNonce: Buffer | null;
}

/** A pkiMessage whose signature was verified (RFC 8894 section 3.2). */
export interface PkiMessage extends ScepTransaction {
  messageType: number;
  recipientNonce: Buffer | null;
  pkiStatus: string | null;
  failInfo: string | null;
  /** The EnvelopedData; null on a failure. */
  envelope: Buffer | null;
  signer: Certificate;
  digest: Digest;
}

/** A pkiMessage that was understood well enough to be answered, and is refused. */
export class PkiMessageRefused extends CryptoError {
  override readonly name = "PkiMessageRefused";
  readonly failInfo: FailInfo;
  readonly transaction: ScepTransaction;

  constructor(cause: CryptoError, transaction: ScepTransaction) {
    super(cause.message, { cause });
    this.failInfo = cause instanceof UnsupportedAlgorithmError ? FAIL_INFO.badAlg : FAIL_INFO.badMessageCheck;
    this.transaction = transaction;
  }
}

/**
 * Reads a pkiMessage and verifies it by the certificate it carries, which may be self-signed.
 * @throws PkiMessageRefused when the signature does not fit or is of an unknown kind; CryptoError when it is no pkiMessage
 */
export function readPkiMessage(der: Buffer): PkiMessage {
  const parts = takeApart(der);
  const attributes = parts.signer.attributes ?? new Map<string, Asn1>();
  const text = (oid: string) => (attributes.has(oid) ? textOf(attributes.get(oid)) : null);
  const octets = (oid: string) => (attributes.has(oid) ? octetsOf(attributes.get(oid)) : null);
  const transactionId = octets(SCEP_OID.transactionId);
  const messageType = text(SCEP_OID.messageType);
  if (transactionId === null || messageType === null) throw new CryptoError("not a SCEP message");
  const transaction = { transactionId: transactionId.toString("latin1"), senderNonce: octets(SCEP_OID.senderNonce) };
  try {
    return {
      ...transaction,
      messageType: Number(messageType),
      recipientNonce: octets(SCEP_OID.recipientNonce),
      pkiStatus: text(SCEP_OID.pkiStatus),
      failInfo: text(SCEP_OID.failInfo),
      envelope: parts.content,
      digest: digestOfSigner(parts.signer),
      signer: verifySigner(parts, parts.content ?? Buffer.alloc(0)),
    };
  } catch (error) {
    throw error instanceof CryptoError ? new PkiMessageRefused(error, transaction) : error;
  }
}

export interface NewPkiMessage {
  messageType: number;
  transactionId: string;
  /** Fresh when left out. */
  senderNonce?: Buffer;
  recipientNonce?: Buffer | null;
  pkiStatus?: string;
  failInfo?: string;
  /** Null leaves the content out, as a failure does. */
  envelope: Buffer | null;
  /** DER of the signer. */
  certificate: Buffer;
  privateKey: KeyObject;
  digest: Digest;
}

/** A signed pkiMessage: CertRep of the server, PKCSReq of a client. */
export function buildPkiMessage(message: NewPkiMessage): Buffer {
  const { certificate, privateKey, digest, envelope } = message;
  const attributes = [
    attribute(SCEP_OID.messageType, printableString(String(message.messageType))),
    attribute(SCEP_OID.transactionId, printableString(message.transactionId)),
    attribute(SCEP_OID.senderNonce, octetString(message.senderNonce ?? randomBytes(16))),
  ];
  if (message.recipientNonce) attributes.push(attribute(SCEP_OID.recipientNonce, octetString(message.recipientNonce)));
  if (message.pkiStatus) attributes.push(attribute(SCEP_OID.pkiStatus, printableString(message.pkiStatus)));
  if (message.failInfo) attributes.push(attribute(SCEP_OID.failInfo, printableString(message.failInfo)));
  if (envelope === null) return signDetached({ content: Buffer.alloc(0), certificate, privateKey, digest, attributes });
  return signAttached({ content: envelope, certificate, privateKey, digest, attributes });
}
