import { X509Certificate } from "node:crypto";
import { MusterError } from "@/lib/contracts/errors";
import type { CertificateCheck } from "@/lib/contracts/push-certificates";
import { TEST_TOPIC } from "@/lib/contracts/words";
import { isKeyOf, readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { chainToAnchor } from "@/lib/crypto/certificate-chain";
import type { KeyPair } from "./read-key-pair";

/** Null when all is well, else what is wrong; `passed` is the sentence for the good case. */
interface Check {
  name: string;
  passed: (upload: KeyPair) => string;
  failure: (upload: KeyPair, authorities: readonly Buffer[]) => string | null;
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
      wrongKind(leaf) ??
      (isFromApple(leaf) || chainToAnchor(leaf, chain, authorities.map(readCertificate)) !== null ? null : `Not issued by Apple but by ${leaf.issuer}. Upload the file that Apple's portal gave.`),
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
export function checkPushCertificate(upload: KeyPair, authorities: readonly Buffer[]): CertificateCheck[] {
  return CHECKS.map(({ name, passed, failure }) => checked(name, failure(upload, authorities), passed(upload)));
}

/** What came of one check: the sentence about what is wrong, where there is one, else the one for the good case. */
export function checked(name: string, failure: string | null, passed: string): CertificateCheck {
  return { name, passed: failure === null, detail: failure ?? passed };
}

/** The refusal for what has failed; it carries the whole table. `at`: the field to say it at, where there is one. */
export function refusal(checks: readonly CertificateCheck[], at: string | null = null): MusterError {
  const detail = checks.filter(({ passed }) => !passed).map((check) => check.detail).join(" ");
  return new MusterError("certificate-refused", detail, { meta: { checks }, ...(at === null ? {} : { errors: [{ pointer: at, detail }] }) });
}

/** A sentence about a certificate of Apple's that is made for something else; null when it may be a push certificate. */
export function wrongKind({ issuer, subject, userId }: Certificate): string | null {
  if (!issuer.includes("Worldwide Developer Relations") && !subject.includes("CN=MDM Vendor")) return null;
  if (userId !== null && TOPIC.test(userId)) return null;
  return "This is a developer's certificate, of an MDM vendor for example: it signs requests and cannot push. Upload the file from https://identity.apple.com/pushcert.";
}

/** By name only: it keeps mistakes out, and APNs itself judges the rest at the first push. */
function isFromApple({ issuer }: Certificate): boolean {
  return /(^|, )O=Apple Inc\.(,|$)/.test(issuer) && /(^|, )CN=Apple /.test(issuer);
}

function mayAuthenticate({ der, keyUsage }: Certificate): boolean {
  // Node calls the extended key usages "keyUsage"; undefined when there is no such extension.
  const extended = new X509Certificate(der).keyUsage as string[] | undefined;
  return (keyUsage === null || (keyUsage & DIGITAL_SIGNATURE) !== 0) && (extended === undefined || extended.includes(CLIENT_AUTH));
}
