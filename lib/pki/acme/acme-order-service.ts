import { randomBytes, randomUUID } from "node:crypto";
import { readCertificationRequest, type CertificationRequest } from "@/lib/crypto/certification-request";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { sha256Hex } from "@/lib/crypto/fingerprint";
import type { Executor } from "@/lib/db/database";
import { seal } from "@/lib/db/sealed";
import { transaction } from "@/lib/db/transaction";
import { attestationPayload, finalizePayload, newOrderPayload } from "@/lib/protocol/acme-messages";
import { lockChallenge, type ChallengeRow } from "../challenge-store";
import { findIssued, isKeyOfAnother } from "../identity-store";
import { issueIdentity, refusalOf, type RefusalReason } from "../issue-identity";
import { recordRefusal } from "../record-refusal";
import { findOpenOrder, insertOrder, lockOrder, saveOrder, type AcmeOrderRow } from "./acme-order-store";
import { AcmeProblem } from "./acme-problem";
import { clientIdentifierOf, placeOfIdentifier } from "./acme-resources";
import { AttestationRefused, readAttestation, type Attestation } from "./attestation";

const ORDER_LIFE_MS = 3_600_000;
const TOKEN_BYTES = 32;

/**
 * An order for the ClientIdentifier of a profile (RFC 8555 section 7.4): the identifier is the secret that shows who may have
 * a certificate. The same account gets the order it has begun before. @throws AcmeProblem
 */
export async function newOrder(account: string, payload: unknown): Promise<AcmeOrderRow> {
  const identifier = permanentIdentifierOf(payload);
  const outcome = await transaction(async (tx) => {
    const challenge = await lockChallenge(tx, sha256Hex(identifier));
    const reason = await refusalOfOrder(tx, challenge);
    if (challenge === null || reason !== null) return { challenge, reason: reason ?? "challenge-unknown" };
    return (await findOpenOrder(tx, challenge.id, account)) ?? begin(tx, challenge, account, identifier);
  });
  if (!("reason" in outcome)) return outcome;
  await note(outcome.challenge, outcome.reason, null);
  throw new AcmeProblem("rejectedIdentifier", `the identifier is not good for a certificate: ${outcome.reason}`);
}

/** @throws AcmeProblem when this account has no such order */
export async function readOrder(account: string, id: string): Promise<AcmeOrderRow> {
  return transaction((tx) => orderOf(tx, account, id));
}

/**
 * Takes the attestation of a key (draft-ietf-acme-device-attest section 5). What comes of it stands in the order, and a repeated
 * answer changes nothing. @throws AcmeProblem when this account has no such order
 */
export async function answerChallenge(account: string, id: string, payload: unknown): Promise<AcmeOrderRow> {
  const answer = attestationPayload.safeParse(payload);
  if (!answer.success) throw new AcmeProblem("malformed", "the answer to the challenge cannot be read");
  const { order, refused } = await transaction(async (tx) => {
    const found = await orderOf(tx, account, id);
    if (found.state !== "pending") return { order: found, refused: null };
    const challenge = await lockChallenge(tx, sha256Hex(clientIdentifierOf(found)));
    const verdict = await judge(tx, challenge, found, Buffer.from(answer.data.attObj ?? "", "base64url"));
    const settled: AcmeOrderRow = "problem" in verdict
      ? { ...found, state: "invalid", problem: verdict.problem.document }
      : { ...found, state: "ready", publicKeyHash: verdict.publicKeyHash, attestation: verdict.hardware };
    await saveOrder(tx, settled);
    return { order: settled, refused: "problem" in verdict ? { challenge, ...verdict } : null };
  });
  if (refused !== null) await note(refused.challenge, refused.reason, refused.serialNumber);
  return order;
}

/**
 * The certificate for the attested key and no other (RFC 8555 section 7.4); what else the request asks for is a wish.
 * @throws AcmeProblem orderNotReady, badCSR, unauthorized
 */
export async function finalize(account: string, id: string, payload: unknown): Promise<AcmeOrderRow> {
  const order = await readOrder(account, id);
  if (order.state === "valid") return order;
  if (order.state !== "ready") throw new AcmeProblem("orderNotReady", `the order is ${order.state}`);
  const request = requestOf(payload);
  if (request.publicKeyHash !== order.publicKeyHash) {
    await recordRefusal({ reason: "key-not-attested", link: null, requestedSubject: request.subject });
    throw new AcmeProblem("badCSR", "the key of the request is not the attested one");
  }
  const { publicKeySpki, publicKeyHash, subject: requestedSubject } = request;
  const issuance = await issueIdentity({ kind: "acme", secret: clientIdentifierOf(order), publicKeySpki, publicKeyHash, requestedSubject, attestation: order.attestation });
  return transaction(async (tx) => {
    const current = await orderOf(tx, account, id);
    const problem = issuance.ok ? null : new AcmeProblem("unauthorized", `no certificate is issued: ${issuance.reason}`).document;
    const settled: AcmeOrderRow = issuance.ok ? { ...current, state: "valid", certificate: issuance.certificate } : { ...current, state: "invalid", problem };
    await saveOrder(tx, settled);
    return settled;
  });
}

function permanentIdentifierOf(payload: unknown): string {
  const order = newOrderPayload.safeParse(payload);
  if (!order.success) throw new AcmeProblem("malformed", "the order cannot be read");
  const { identifiers, notBefore, notAfter } = order.data;
  const [identifier, ...others] = identifiers;
  if (identifier === undefined || others.length > 0) throw new AcmeProblem("malformed", "exactly one identifier is wanted");
  if (identifier.type !== "permanent-identifier") throw new AcmeProblem("unsupportedIdentifier", "only permanent-identifier is taken");
  if (notBefore !== undefined || notAfter !== undefined) throw new AcmeProblem("malformed", "the time of the certificate is not for the client to choose");
  return identifier.value;
}

async function refusalOfOrder(tx: Executor, challenge: ChallengeRow | null): Promise<RefusalReason | null> {
  if (challenge === null || challenge.identityKind !== "acme") return "challenge-unknown";
  const { id, publicKeyHash } = challenge;
  return refusalOf(challenge, publicKeyHash, publicKeyHash === null ? null : await findIssued(tx, id, publicKeyHash));
}

async function begin(tx: Executor, challenge: ChallengeRow, account: string, identifier: string): Promise<AcmeOrderRow> {
  const id = randomUUID();
  const identifierSealed = seal(Buffer.from(identifier), placeOfIdentifier(id));
  await insertOrder(tx, { id, challengeId: challenge.id, identifierSealed, account, token: randomBytes(TOKEN_BYTES).toString("base64url"), expiresAt: new Date(Date.now() + ORDER_LIFE_MS) });
  return orderOf(tx, account, id);
}

type Verdict = Attestation | { problem: AcmeProblem; reason: RefusalReason; serialNumber: string | null };

async function judge(tx: Executor, challenge: ChallengeRow | null, order: AcmeOrderRow, object: Buffer): Promise<Verdict> {
  let attestation: Attestation;
  try {
    attestation = await readAttestation(object, order.token);
  } catch (error) {
    if (!(error instanceof AttestationRefused)) throw error;
    return { problem: new AcmeProblem("badAttestationStatement", error.message), reason: "attestation-refused", serialNumber: null };
  }
  const { publicKeyHash, hardware } = attestation;
  const reason = challenge === null ? "challenge-unknown" : await refusalOfHardware(tx, challenge, attestation);
  return reason === null ? attestation : { problem: new AcmeProblem("unauthorized", `the key ${publicKeyHash.slice(0, 8)} gets no certificate: ${reason}`), reason, serialNumber: hardware.serialNumber };
}

/** Apple vouches for the hardware; whether it is the one that may come in by this profile is for us to say. */
async function refusalOfHardware(tx: Executor, challenge: ChallengeRow, { publicKeyHash, hardware }: Attestation): Promise<RefusalReason | null> {
  const { boundSerial, linkSerials } = challenge;
  if (boundSerial !== null && hardware.serialNumber !== boundSerial) return "hardware-other";
  if (linkSerials.length > 0 && !linkSerials.includes(hardware.serialNumber ?? "")) return "hardware-not-listed";
  if (await isKeyOfAnother(tx, challenge.id, publicKeyHash)) return "key-known";
  return refusalOf(challenge, publicKeyHash, await findIssued(tx, challenge.id, publicKeyHash));
}

function requestOf(payload: unknown): CertificationRequest {
  const finalization = finalizePayload.safeParse(payload);
  if (!finalization.success) throw new AcmeProblem("malformed", "the request for the certificate is missing");
  try {
    return readCertificationRequest(Buffer.from(finalization.data.csr, "base64url"));
  } catch (error) {
    if (error instanceof CryptoError) throw new AcmeProblem("badCSR", error.message, 400, { cause: error });
    throw error;
  }
}

/** Of another account it says nothing; an order whose time is over is as good as none. */
async function orderOf(tx: Executor, account: string, id: string): Promise<AcmeOrderRow> {
  const order = await lockOrder(tx, id, account);
  if (order === null || order.expiresAt.getTime() <= Date.now()) throw new AcmeProblem("malformed", "there is no such order", 404);
  return order;
}

async function note(challenge: ChallengeRow | null, reason: RefusalReason, serialNumber: string | null): Promise<void> {
  const link = challenge === null ? null : { id: challenge.linkId, name: challenge.linkName };
  await recordRefusal({ reason, link, requestedSubject: serialNumber === null ? "" : `serial number ${serialNumber}` });
}
