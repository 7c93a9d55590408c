import { constants, privateDecrypt, publicEncrypt, randomBytes, type KeyObject } from "node:crypto";
import { CryptoError } from "./crypto-error";

const MIN_PADDING_BYTES = 8;

/** Encrypts a content key, RSAES-PKCS1-v1_5 (RFC 8017 section 7.2): the one key transport SCEP clients know. */
export function wrapKey(publicKey: KeyObject, key: Buffer): Buffer {
  if (publicKey.asymmetricKeyType !== "rsa") throw new CryptoError("only an RSA key can receive an envelope");
  return publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
}

/**
 * Decrypts a content key of `size` bytes. Bad padding gives a random key instead of an error, in the same time,
 * so that nobody learns by asking what a captured message holds (RFC 5246 section 7.4.7.1). Node refuses
 * RSA_PKCS1_PADDING for decryption, so the padding is taken off here.
 * @throws CryptoError when the ciphertext cannot be of this key: its length or size is public
 */
export function unwrapKey(privateKey: KeyObject, wrapped: Buffer, size: number): Buffer {
  let block: Buffer;
  try {
    block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, wrapped);
  } catch (cause) {
    throw new CryptoError("the content key is not encrypted for this RSA key", { cause });
  }
  const keyStart = block.length - size;
  if (keyStart < 3 + MIN_PADDING_BYTES) throw new CryptoError("the RSA key is too short for this content key");
  return selectBytes(badPadding(block, keyStart), randomBytes(size), block.subarray(keyStart));
}

/** 0 for 00 02, bytes that are not zero, 00, key; 255 for anything else. No branch depends on the block. */
function badPadding(block: Buffer, keyStart: number): number {
  let wrong = byteAt(block, 0) | (byteAt(block, 1) ^ 2) | byteAt(block, keyStart - 1);
  for (let i = 2; i < keyStart - 1; i++) wrong |= isZero(byteAt(block, i));
  return 0xff & ~isZero(wrong);
}

/** 255 for 0, and 0 for 1 to 255. */
const isZero = (byte: number) => ((byte - 1) >> 8) & 0xff;

const byteAt = (bytes: Buffer, index: number) => bytes.readUInt8(index);

/** `ones` where the mask is 255, `zeros` where it is 0. */
function selectBytes(mask: number, ones: Buffer, zeros: Buffer): Buffer {
  const chosen = Buffer.alloc(zeros.length);
  for (let i = 0; i < chosen.length; i++) chosen[i] = (byteAt(ones, i) & mask) | (byteAt(zeros, i) & ~mask);
  return chosen;
}
