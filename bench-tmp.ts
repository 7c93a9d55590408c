import { generateKeyPairSync, randomBytes } from "node:crypto";
import { createAuthority, issueCertificate, readPrivateKey } from "@/lib/crypto/issue-certificate";
import { signDetached, verifyDetached } from "@/lib/crypto/cms-signed-data";
import { withIndefiniteLengths } from "@/tests/support/indefinite-length";
const ca = await createAuthority({ commonName: "CA", organization: "E", days: 30 });
const content = Buffer.from(randomBytes(1100).toString("base64"));
for (const [kind, keys] of [["rsa", generateKeyPairSync("rsa", { modulusLength: 2048 })], ["p256", generateKeyPairSync("ec", { namedCurve: "P-256" })]] as const) {
  const certificate = await issueCertificate({ authority: { certificate: ca.certificate, privateKey: readPrivateKey(ca.privateKeyPkcs8) }, publicKeySpki: keys.publicKey.export({ type: "spki", format: "der" }), subject: { commonName: "device", organization: "Example" }, days: 10, backdateHours: 1, usage: "device-identity" });
  const der = signDetached({ content, certificate, privateKey: keys.privateKey, digest: "sha1" });
  for (const [form, cms] of [["der", der], ["ber", withIndefiniteLengths(der)]] as const) {
    const header = cms.toString("base64");
    const run = () => verifyDetached(Buffer.from(header, "base64"), content);
    for (let i = 0; i < 3000; i++) run();
    const results = [];
    for (let r = 0; r < 5; r++) { const cpu = process.cpuUsage(); for (let i = 0; i < 3000; i++) run(); results.push(process.cpuUsage(cpu).user / 3000); }
    console.log(kind, form, header.length, results.map((x) => x.toFixed(1)).join(" "));
  }
}
