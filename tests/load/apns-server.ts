import { ApnsStandIn } from "../support/apns-stand-in";

/** What the stand-in of a benchmark says at its start. */
export interface ApnsReady {
  url: string;
  caFile: string;
  certificatePem: string;
  privateKeyPem: string;
}

export interface ApnsCounts {
  accepted: number;
  connections: number;
  violations: string[];
}

// The entry of a child process: one stand-in, with a push certificate for the topic named on the command line.
const standIn = await ApnsStandIn.start({ keepPushes: false });
const pair = await standIn.mintPushCertificate({ topic: process.argv[2] ?? "" });
process.on("message", () => {
  const counts: ApnsCounts = { accepted: standIn.accepted, connections: standIn.connections, violations: standIn.violations.slice(0, 10) };
  process.send?.(counts);
});
process.on("disconnect", () => void standIn.close().finally(() => process.exit()));
const ready: ApnsReady = { url: standIn.url, caFile: standIn.caFile, ...pair };
process.send?.(ready);
