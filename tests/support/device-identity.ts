import type { KeyObject } from "node:crypto";

/** A key and the certificate the server issued for it. */
export interface DeviceIdentity {
  /** DER */
  certificate: Buffer;
  certificatePem: string;
  privateKey: KeyObject;
  privateKeyPem: string;
}

export function deviceIdentity(certificate: Buffer, privateKey: KeyObject): DeviceIdentity {
  const lines = certificate.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    certificate,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    privateKey,
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
