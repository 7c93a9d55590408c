import { isIssuedBy, type Certificate } from "./certificate";

/** Longer chains lead nowhere that Apple or an admin would have built. */
const MAX_LENGTH = 6;

/**
 * The chain from a certificate up to the first anchor, the anchor last; null when there is none. `others` are certificates
 * on the way that nobody vouches for. Signatures and names are judged, dates are not: the authorities over Apple's
 * devices have ended long ago.
 */
export function chainToAnchor(leaf: Certificate, others: readonly Certificate[], anchors: readonly Certificate[]): Certificate[] | null {
  const chain = [leaf];
  for (let current = leaf; chain.length <= MAX_LENGTH; ) {
    const anchor = anchors.find((candidate) => issued(current, candidate));
    if (anchor !== undefined) return [...chain, anchor];
    const next = others.find((candidate) => !chain.includes(candidate) && issued(current, candidate));
    if (next === undefined) return null;
    chain.push(next);
    current = next;
  }
  return null;
}

/** Comparing names first spares a signature for all that cannot be. */
function issued(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.issuerDer.equals(issuer.subjectDer) && isIssuedBy(certificate, issuer);
}
