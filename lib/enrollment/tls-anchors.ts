import { readFile } from "node:fs/promises";
import { config } from "@/lib/config/config";
import { readCertificate } from "@/lib/crypto/certificate";
import { pemToDer } from "@/lib/crypto/pem";

/**
 * Certificates a device must trust to reach us: every self-signed one in TLS_CERT_FILE, and all of
 * TLS_ANCHORS_FILE (for a proxy with a private authority). Empty with a public certificate.
 */
export async function tlsAnchors(): Promise<Buffer[]> {
  const { tls, tlsAnchorsFile } = config();
  const own = tls === null ? [] : (await ders(tls.certFile)).filter(isSelfSigned);
  const given = tlsAnchorsFile === null ? [] : await ders(tlsAnchorsFile);
  const seen = new Set<string>();
  return [...own, ...given].filter((der) => {
    const { fingerprint } = readCertificate(der);
    return seen.has(fingerprint) ? false : seen.add(fingerprint);
  });
}

async function ders(file: string): Promise<Buffer[]> {
  return pemToDer(await readFile(file, "utf8"), "CERTIFICATE");
}

function isSelfSigned(der: Buffer): boolean {
  const { subject, issuer } = readCertificate(der);
  return subject === issuer;
}
