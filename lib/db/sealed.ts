import { masterKey } from "@/lib/config/master-key";
import { processWide } from "@/lib/config/process-wide";
import { sealer, type SealPlace } from "@/lib/crypto/seal";

const box = () => processWide("sealer", () => sealer(masterKey()));

/** AES-256-GCM under the master key, for one column of one row. */
export function seal(plain: Uint8Array, place: SealPlace): Buffer {
  return box().seal(plain, place);
}

/** The plain bytes. Throws CryptoError when the key is another one or the value was moved or changed. */
export function unseal(sealed: Uint8Array, place: SealPlace): Buffer {
  return box().open(sealed, place);
}
