import { readFileSync } from "node:fs";
import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";

/** The PEM bundle of APNS_CA_FILE, which stands in for Apple's authorities; null when it is not set. */
export function apnsAuthoritiesPem(): string | null {
  const { apnsCaFile } = config();
  if (apnsCaFile === null) return null;
  try {
    return readFileSync(apnsCaFile, "utf8");
  } catch (cause) {
    throw new MusterError("internal", "APNS_CA_FILE cannot be read", { cause });
  }
}
