import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { CryptoError } from "./crypto-error";

/** Where a sealed value lives. It opens there only, so it cannot be moved to another row. */
export interface SealPlace {
  table: string;
  row: string;
  column: string;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const placeBytes = (place: SealPlace) => Buffer.from(JSON.stringify([place.table, place.row, place.column]));

/**
 * AES-256-GCM under a key of 32 bytes. Sealed form: version (1 byte), nonce (12), ciphertext, tag (16);
 * the place is the additional data.
 */
export function sealer(key: Buffer) {
  return {
    seal(plain: Uint8Array, place: SealPlace): Buffer {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(placeBytes(place));
      const ciphertext = [cipher.update(plain), cipher.final()];
      return Buffer.concat([Buffer.of(VERSION), nonce, ...ciphertext, cipher.getAuthTag()]);
    },

    /** @throws CryptoError when key or place differ from those it was sealed with, or a byte was changed */
    open(sealed: Uint8Array, place: SealPlace): Buffer {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes[0] !== VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES) {
        throw new CryptoError(`no sealed value in ${place.table}.${place.column}`);
      }
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(placeBytes(place)).setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        const plain = decipher.update(bytes.subarray(1 + NONCE_BYTES, -TAG_BYTES));
        decipher.final(); // checks the tag; a stream cipher has nothing left to give
        return plain;
      } catch (cause) {
        throw new CryptoError(`the sealed value in ${place.table}.${place.column} does not open`, { cause });
      }
    },
  };
}
