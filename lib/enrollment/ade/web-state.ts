import { MusterError } from "@/lib/contracts/errors";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { seal, unseal } from "@/lib/db/sealed";
import type { ProvedDevice } from "./enroll-service";

/** A person reads, looks for his password, and types. */
const LIFETIME_MS = 20 * 60_000;

type Kept = Omit<ProvedDevice, "body" | "pairingToken">;

/**
 * Who was shown the page, sealed into its form: Setup Assistant sends its MachineInfo with the first request only, and
 * its web view forgets cookies.
 */
export function sealDevice(configurationId: string, device: ProvedDevice): string {
  const { body: _body, pairingToken: _pairingToken, ...kept } = device;
  return seal(Buffer.from(JSON.stringify({ device: kept, until: Date.now() + LIFETIME_MS })), placeOf(configurationId)).toString("base64url");
}

/** @throws MusterError bad-request for what this server has not sealed, or too long ago */
export function unsealDevice(configurationId: string, state: string): ProvedDevice {
  const { device, until } = opened(configurationId, state);
  if (until < Date.now()) throw new MusterError("bad-request", "the page was open for too long");
  return { ...device, body: {}, pairingToken: null };
}

function opened(configurationId: string, state: string): { device: Kept; until: number } {
  try {
    return JSON.parse(unseal(Buffer.from(state, "base64url"), placeOf(configurationId)).toString()) as { device: Kept; until: number };
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw new MusterError("bad-request", "the page is not one of ours", { cause });
  }
}

function placeOf(configurationId: string) {
  return { table: "AdeConfiguration", row: configurationId, column: "webState" };
}
