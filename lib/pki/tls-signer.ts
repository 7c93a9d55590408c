import { createPrivateKey, type KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { pemToDer } from "@/lib/crypto/pem";
import { CryptoError } from "@/lib/crypto/crypto-error";

export interface ProfileSigner {
  certificate: Buffer;
  privateKey: KeyObject;
  chain: Buffer[];
}

/** The server's TLS certificate with its chain and key, read anew so that a renewed file counts at once. */
export async function tlsSigner({ certFile, keyFile }: { certFile: string; keyFile: string }): Promise<ProfileSigner> {
  const [certificates, key] = await Promise.all([readFile(certFile, "utf8"), readFile(keyFile, "utf8")]);
  const [certificate, ...chain] = pemToDer(certificates);
  if (certificate === undefined) throw new CryptoError("the TLS certificate file is empty");
  return { certificate, privateKey: createPrivateKey(key), chain };
}
