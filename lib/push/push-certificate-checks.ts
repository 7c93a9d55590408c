import { X509Certificate } from "node:crypto";
import type { CertificateCheck } from "@/lib/contracts/push-certificates";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { isIssuedBy, isKeyOf, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import type { UploadedPushCertificate } from "./read-push-certificate";

/** Null when all is well, else what is wrong; `passed` is the sentence for the good case. */
interface Check {
  name: string;
  passed: (upload: UploadedPushCertificate) => string;
  failure: (upload: UploadedPushCertificate, authorities: readonly Buffer[]) => string | null;
}

/** Extended key usage for TLS clients (RFC 5280 section 4.2.1.12). */
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const DIGITAL_SIGNATURE = 0x80;
const TOPIC = /^com\.apple\.mgmt\.[A-Za-z0-9._-]+$/;

/** What an MDM push certificate must be, in the order an admin reads it. */
const CHECKS: readonly Check[] = [
  {
    name: "Private key",
    passed: () => "The private key belongs to the certificate.",
    failure: ({ leaf, privateKey }) => (isKeyOf(privateKey, leaf) ? null : "The private key belongs to another certificate."),
  },
  {
    name: "Issuer",
    passed: ({ leaf }) => `Issued by ${leaf.issuer}.`,
    failure: ({ leaf, chain }, authorities) =>
      isFromApple(leaf) || chainsTo(leaf, chain, authorities) ? null : `Not issued by Apple but by ${leaf.issuer}. Upload the file from Apple's portal, not the request or the vendor's certificate.`,
  },
  {
    name: "Validity",
    passed: ({ leaf }) => `Valid until ${leaf.notAfter.toISOString().slice(0, 10)}.`,
    failure: ({ leaf: { notBefore, notAfter } }) => {
      if (notAfter.getTime() <= Date.now()) return `Expired on ${notAfter.toISOString().slice(0, 10)}. Renew it in Apple's portal with the same Apple Account.`;
      return notBefore.getTime() > Date.now() ? `Valid only from ${notBefore.toISOString()}. Is the clock of this server right?` : null;
    },
  },
  {
    name: "Key usage",
    passed: () => "May be used as a TLS client certificate.",
    failure: ({ leaf }) => (mayAuthenticate(leaf) ? null : "May not be used as a TLS client certificate."),
  },
  {
    name: "Topic",
    passed: ({ leaf }) => `The topic is ${leaf.userId ?? ""}.`,
    failure: ({ leaf: { userId } }) => {
      if (userId === null) return "The subject has no UID, so this is no MDM push certificate.";
      if (userId === TEST_TOPIC) return "This topic is reserved for simulated devices.";
      return TOPIC.test(userId) ? null : `The topic ${userId.slice(0, 100)} does not begin with com.apple.mgmt.`;
    },
  },
];

/** Runs every check, also after one has failed. `authorities`: DER of further issuers to accept. */
export function checkPushCertificate(upload: UploadedPushCertificate, authorities: readonly Buffer[]): CertificateCheck[] {
  return CHECKS.map(({ name, passed, failure }) => {
    const wrong = failure(upload, authorities);
    return { name, passed: wrong === null, detail: wrong ?? passed(upload) };
  });
}

/** By name only: it keeps mistakes out, and APNs itself judges the rest at the first push. */
function isFromApple({ issuer }: Certificate): boolean {
  return /(^|, )O=Apple Inc\.(,|$)/.test(issuer) && /(^|, )CN=Apple /.test(issuer);
}

function chainsTo(leaf: Certificate, chain: readonly Certificate[], authorities: readonly Buffer[]): boolean {
  const trusted = authorities.map(readCertificate);
  let current = leaf;
  for (let step = 0; step <= chain.length; step += 1) {
    if (trusted.some((authority) => isIssuedBy(current, authority))) return true;
    const next = chain.find((candidate) => candidate !== current && isIssuedBy(current, candidate));
    if (next === undefined) return false;
    current = next;
  }
  return false;
}

function mayAuthenticate({ der, keyUsage }: Certificate): boolean {
  // Node calls the extended key usages "keyUsage"; undefined when there is no such extension.
  const extended = new X509Certificate(der).keyUsage as string[] | undefined;
  return (keyUsage === null || (keyUsage & DIGITAL_SIGNATURE) !== 0) && (extended === undefined || extended.includes(CLIENT_AUTH));
}
