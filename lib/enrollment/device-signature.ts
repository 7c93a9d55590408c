import { readFile } from "node:fs/promises";
import { config } from "@/lib/config/config";
import { processWide } from "@/lib/config/process-wide";
import { MusterError } from "@/lib/contracts/errors";
import { APPLE_DEVICE_AUTHORITIES_PEM } from "@/lib/crypto/apple-device-authorities";
import { readCertificate, type Certificate } from "@/lib/crypto/certificate";
import { chainToAnchor } from "@/lib/crypto/certificate-chain";
import { readSignedData, type VerifiedSignedData } from "@/lib/crypto/cms-signed-data";
import { CryptoError } from "@/lib/crypto/crypto-error";
import { pemToDer } from "@/lib/crypto/pem";
import { readMachineInfo, type MachineInfo } from "@/lib/protocol/machine-info";
import { ProtocolError } from "@/lib/protocol/protocol-error";

/** A developer's certificate leads to Apple's root as well: under the root only an authority of this name speaks for devices. */
const DEVICE_AUTHORITY = /(^|, )CN=Apple iPhone Device CA(,|$)/;

interface Authorities {
  /** Whoever they have issued is a device. */
  devices: readonly Certificate[];
  apple: readonly Certificate[];
}

/**
 * Opens a message that a device has signed with the identity Apple built into it (MachineInfo, OTA phase 2), and proves
 * that chain: to Apple iPhone Device CA or to a certificate of DEVICE_CA_FILE. Dates are not judged. Nothing in it is
 * fresh; whoever has it can send it again.
 * @throws MusterError message-unreadable, signature-invalid, certificate-foreign
 */
export async function openSignedByDevice(cms: Buffer): Promise<{ content: Buffer; signer: Certificate }> {
  const { content, signer, certificates } = openSigned(cms);
  if (content === null) throw new MusterError("message-unreadable", "the signed message carries no content");
  if (!isDevice(signer, certificates, await authorities())) {
    throw new MusterError("certificate-foreign", "the signer is no device of Apple: its certificate does not lead to Apple iPhone Device CA");
  }
  return { content, signer };
}

/** Did Apple, or whom DEVICE_CA_FILE names, issue this certificate to a device? */
export async function isDeviceCertificate(signer: Certificate, carried: readonly Certificate[]): Promise<boolean> {
  return isDevice(signer, carried, await authorities());
}

/** Opens a message signed by whomever. @throws MusterError signature-invalid */
export function openSigned(cms: Buffer): VerifiedSignedData {
  try {
    return readSignedData(cms);
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw new MusterError("signature-invalid", `the signed message does not open: ${cause.message}`, { cause });
  }
}

/** What a device says of itself in a message that was opened. @throws MusterError message-unreadable */
export function machineInfoIn(content: Uint8Array | null): MachineInfo {
  try {
    return readMachineInfo(content ?? Buffer.alloc(0));
  } catch (cause) {
    if (!(cause instanceof ProtocolError)) throw cause;
    throw new MusterError("message-unreadable", cause.message, { cause });
  }
}

function isDevice(signer: Certificate, carried: readonly Certificate[], { devices, apple }: Authorities): boolean {
  if (chainToAnchor(signer, carried, devices) !== null) return true;
  const issuer = chainToAnchor(signer, [...carried, ...apple], apple)?.at(1);
  return issuer !== undefined && DEVICE_AUTHORITY.test(issuer.subject);
}

async function authorities(): Promise<Authorities> {
  const { deviceCaFile } = config();
  const { apple, deviceAuthority } = appleAuthorities();
  const given = deviceCaFile === null ? [] : pemToDer(await readFile(deviceCaFile, "utf8")).map(readCertificate);
  return { devices: [deviceAuthority, ...given], apple };
}

const appleAuthorities = () =>
  processWide("apple-device-authorities", () => {
    const [deviceAuthority, ...apple] = pemToDer(APPLE_DEVICE_AUTHORITIES_PEM).map(readCertificate);
    if (deviceAuthority === undefined) throw new Error("Apple's device authorities are missing");
    return { deviceAuthority, apple };
  });
