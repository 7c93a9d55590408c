import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { signAttached } from "@/lib/crypto/cms-signed-data";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { derToPem } from "@/lib/crypto/pem";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { writePlist } from "@/lib/protocol/plist/write-plist";
import { withIndefiniteLengths } from "./indefinite-length";
import { temporaryFile } from "./temporary-file";

/** Stands in for Apple's authority over devices: each of them gets a certificate at the factory. */
export class DeviceCa {
  readonly certificate: Buffer;
  readonly #privateKey: KeyObject;

  private constructor(certificate: Buffer, privateKey: KeyObject) {
    this.certificate = certificate;
    this.#privateKey = privateKey;
  }

  static async create(): Promise<DeviceCa> {
    const made = await createAuthority({ commonName: "Stand-in Device CA", organization: "Stand-in", days: 30 });
    return new DeviceCa(made.certificate, readPrivateKey(made.privateKeyPkcs8));
  }

  /** For DEVICE_CA_FILE. */
  writeFile(): string {
    return temporaryFile("device-ca.pem", derToPem(this.certificate));
  }

  /** `ended`: its time was over before it was sold, as it is of most devices. */
  async issue(commonName: string, { ended = false } = {}): Promise<FactoryIdentity> {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const certificate = await issueCertificate({
      authority: { certificate: this.certificate, privateKey: this.#privateKey },
      publicKeySpki: publicKey.export({ type: "spki", format: "der" }),
      subject: { commonName, organization: "Stand-in", organizationalUnit: "iPhone" },
      days: ended ? -1 : 20,
      backdateHours: 36,
      usage: "device-identity",
    });
    return { certificate, privateKey };
  }
}

/** The key and certificate a device was made with. */
export interface FactoryIdentity {
  certificate: Buffer;
  privateKey: KeyObject;
}

/** A property list signed by a device, as Setup Assistant and the profile installer send it: BER, certificate inside. */
export function signedByDevice(identity: FactoryIdentity, content: PlistDictionary, { digest = "sha256" as "sha1" | "sha256" } = {}): Buffer {
  return withIndefiniteLengths(signAttached({ content: Buffer.from(writePlist(content)), certificate: identity.certificate, privateKey: identity.privateKey, digest }));
}
