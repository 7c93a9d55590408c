import type { KeyObject } from "node:crypto";
import { derToPem } from "@/lib/crypto/pem";
import { openPkcs12 } from "@/lib/crypto/pkcs12";
import type { Pkcs12Payload } from "./enrollment-payloads";

/** A key and the certificate the server issued for it. */
export interface DeviceIdentity {
  /** DER */
  certificate: Buffer;
  certificatePem: string;
  privateKey: KeyObject;
  privateKeyPem: string;
}

export function deviceIdentity(certificate: Buffer, privateKey: KeyObject): DeviceIdentity {
  return {
    certificate,
    certificatePem: derToPem(certificate),
    privateKey,
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** The key came with the profile. @throws when the password does not open it */
export function identityOfPkcs12({ file, password }: Pkcs12Payload): DeviceIdentity {
  const { certificates, privateKey } = openPkcs12(file, password);
  const [certificate] = certificates;
  if (certificate === undefined) throw new Error("the PKCS #12 file holds no certificate");
  return deviceIdentity(certificate, privateKey);
}
