import { config } from "@/lib/config/config";
import { unseal } from "@/lib/db/sealed";
import type { AcmeOrderRow } from "./acme-order-store";

/** Where the parts of an order are found: it has one authorization with one challenge, so all go by its id. */
export function orderUrls(id: string) {
  const base = `${config().publicUrl}/acme`;
  return {
    order: `${base}/order/${id}`,
    finalize: `${base}/finalize/${id}`,
    authorization: `${base}/authorization/${id}`,
    challenge: `${base}/challenge/${id}`,
    certificate: `${base}/certificate/${id}`,
  };
}

export function directoryUrl(): string {
  return `${config().publicUrl}/acme/directory`;
}

export function directory() {
  const base = `${config().publicUrl}/acme`;
  return { newNonce: `${base}/new-nonce`, newAccount: `${base}/new-account`, newOrder: `${base}/new-order` };
}

/** RFC 8555 section 7.1.3. */
export function orderResource(order: AcmeOrderRow) {
  const urls = orderUrls(order.id);
  return {
    status: order.state,
    expires: order.expiresAt.toISOString(),
    identifiers: [identifierOf(order)],
    authorizations: [urls.authorization],
    finalize: urls.finalize,
    ...(order.problem === null ? {} : { error: order.problem }),
    ...(order.state === "valid" ? { certificate: urls.certificate } : {}),
  };
}

/** RFC 8555 section 7.1.4. */
export function authorizationResource(order: AcmeOrderRow) {
  return { status: proofOf(order), expires: order.expiresAt.toISOString(), identifier: identifierOf(order), challenges: [challengeResource(order)] };
}

/** RFC 8555 section 8, draft-ietf-acme-device-attest section 5. */
export function challengeResource(order: AcmeOrderRow) {
  return {
    type: "device-attest-01",
    url: orderUrls(order.id).challenge,
    status: proofOf(order),
    token: order.token,
    ...(order.problem === null || order.publicKeyHash !== null ? {} : { error: order.problem }),
  };
}

/** The ClientIdentifier of the profile. */
export function clientIdentifierOf({ id, identifierSealed }: Pick<AcmeOrderRow, "id" | "identifierSealed">): string {
  return unseal(identifierSealed, placeOfIdentifier(id)).toString();
}

export function placeOfIdentifier(id: string) {
  return { table: "AcmeOrder", row: id, column: "identifierSealed" };
}

function identifierOf(order: AcmeOrderRow) {
  return { type: "permanent-identifier", value: clientIdentifierOf(order) };
}

/** An attested order may still fail later; what was attested stays so. */
function proofOf({ state, publicKeyHash }: AcmeOrderRow): "pending" | "valid" | "invalid" {
  if (state === "pending") return "pending";
  return publicKeyHash === null ? "invalid" : "valid";
}
