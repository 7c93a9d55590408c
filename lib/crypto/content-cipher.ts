import { createCipheriv, createDecipheriv } from "node:crypto";
import forge from "node-forge";
import { CryptoError } from "./crypto-error";

/** What a SCEP envelope may be encrypted with. Single DES: clients that do not ask for capabilities send it. */
export const CONTENT_CIPHERS = {
  "aes-128-cbc": { oid: "2.16.840.1.101.3.4.1.2", keyBytes: 16, blockBytes: 16 },
  "aes-256-cbc": { oid: "2.16.840.1.101.3.4.1.42", keyBytes: 32, blockBytes: 16 },
  "des-ede3-cbc": { oid: "1.2.840.113549.3.7", keyBytes: 24, blockBytes: 8 },
  "des-cbc": { oid: "1.3.14.3.2.7", keyBytes: 8, blockBytes: 8 },
} as const;
export type ContentCipher = keyof typeof CONTENT_CIPHERS;

/** Null for a cipher this server does not take. */
export function contentCipherOfOid(oid: string): ContentCipher | null {
  const names = Object.keys(CONTENT_CIPHERS) as ContentCipher[];
  return names.find((name) => CONTENT_CIPHERS[name].oid === oid) ?? null;
}

export function encryptContent(cipher: ContentCipher, key: Buffer, iv: Buffer, content: Buffer): Buffer {
  if (cipher === "des-cbc") return singleDes(forge.cipher.createCipher("DES-CBC", key.toString("latin1")), iv, content);
  const encryption = createCipheriv(cipher, key, iv);
  return Buffer.concat([encryption.update(content), encryption.final()]);
}

/** @throws CryptoError when the key does not fit; the message is the same for every cause */
export function decryptContent(cipher: ContentCipher, key: Buffer, iv: Buffer, content: Buffer): Buffer {
  if (iv.length !== CONTENT_CIPHERS[cipher].blockBytes) throw new CryptoError("the initialization vector has a wrong length");
  try {
    if (cipher === "des-cbc") return singleDes(forge.cipher.createDecipher("DES-CBC", key.toString("latin1")), iv, content);
    const decryption = createDecipheriv(cipher, key, iv);
    return Buffer.concat([decryption.update(content), decryption.final()]);
  } catch {
    throw new CryptoError("the envelope does not open");
  }
}

/** OpenSSL 3 has no single DES without its legacy provider, so forge does it. */
function singleDes(cipher: forge.cipher.BlockCipher, iv: Buffer, content: Buffer): Buffer {
  cipher.start({ iv: iv.toString("latin1") });
  cipher.update(forge.util.createBuffer(content.toString("latin1")));
  if (!cipher.finish()) throw new CryptoError("the envelope does not open");
  return Buffer.from(cipher.output.getBytes(), "latin1");
}
