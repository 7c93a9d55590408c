import { pemToDer } from "@/lib/crypto/pem";
import { isIssuedBy, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { apnsAuthoritiesPem } from "./apns-authorities";
import { APPLE_ROOT_FINGERPRINTS, publishedAuthorities } from "./apple-authorities";

const WHERE_TO_GET_THEM = "https://www.apple.com/certificateauthority/";

/** A chain from a vendor certificate to a root of Apple's; `problem` says where it breaks, and what to do. */
export interface VendorChain {
  chain: Certificate[];
  problem: string | null;
}

/** Puts the chain in order out of what was uploaded and of what Apple publishes. */
export function buildVendorChain(leaf: Certificate, uploaded: readonly Certificate[]): VendorChain {
  const pool = [...uploaded, ...publishedAuthorities().map(readCertificate), ...standInAuthorities()];
  const chain = [leaf];
  for (let current = leaf; !isRoot(current); ) {
    const issuers = pool.filter((candidate) => !chain.includes(candidate) && isIssuedBy(current, candidate));
    const next = issuers.find(isValidNow) ?? issuers[0];
    if (next === undefined) {
      return { chain, problem: `The certificate of ${nameOf(current.issuer)}, which issued ${nameOf(current.subject)}, is missing. Get it from ${WHERE_TO_GET_THEM} and add it to the upload.` };
    }
    chain.push(next);
    current = next;
  }
  return { chain, problem: problemOfChain(chain) };
}

/** What is wrong with a chain as it stands: order, dates, its root. Null when Apple should take it. */
export function problemOfChain(chain: readonly Certificate[]): string | null {
  const root = chain.at(-1);
  if (root === undefined) return "The chain is empty.";
  for (const [index, certificate] of chain.entries()) {
    if (!isValidNow(certificate)) return `${nameOf(certificate.subject)} ${validityWords(certificate)}.`;
    const issuer = chain[index + 1];
    if (issuer !== undefined && !isIssuedBy(certificate, issuer)) return `${nameOf(certificate.subject)} is not followed by the certificate that issued it, but by ${nameOf(issuer.subject)}.`;
  }
  return isAppleRoot(root) ? null : `The chain ends with ${nameOf(root.subject)}, which is no root of Apple's.`;
}

function isAppleRoot({ fingerprint }: Certificate): boolean {
  return APPLE_ROOT_FINGERPRINTS.includes(fingerprint) || standInAuthorities().some((authority) => authority.fingerprint === fingerprint);
}

function isRoot(certificate: Certificate): boolean {
  return isAppleRoot(certificate) || isIssuedBy(certificate, certificate);
}

export function isValidNow({ notBefore, notAfter }: Certificate): boolean {
  return notBefore.getTime() <= Date.now() && notAfter.getTime() > Date.now();
}

/** "expired on 2026-01-31", to put after a name. */
export function validityWords({ notBefore, notAfter }: Certificate): string {
  return notAfter.getTime() <= Date.now() ? `expired on ${day(notAfter)}` : `is valid only from ${day(notBefore)}; is the clock of this server right?`;
}

/** The common name of a subject, else all of it. */
export function nameOf(subject: string): string {
  return `“${/(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject}”`;
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function standInAuthorities(): Certificate[] {
  const pem = apnsAuthoritiesPem();
  return pem === null ? [] : pemToDer(pem).map(readCertificate);
}
