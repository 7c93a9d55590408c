import { config } from "@/lib/config/config";
import { CHECKS, type CheckKey, type Readiness } from "@/lib/contracts/readiness";
import { issuingAuthority } from "@/lib/pki/server-certificates-service";
import { listPushCertificates } from "@/lib/push/push-certificate-service";
import { currentTopic } from "@/lib/push/push-topic";
import type { Finding } from "./finding";
import { checkPath } from "./path-checks";
import { readFleet, type FleetRow } from "./readiness-store";

const DAY_MS = 86_400_000;
/** Certificates and one-time codes begin to fail beyond it. */
const SKEW_SECONDS = 60;

/** Looks at everything a first device depends on, as it is now; nothing is remembered. Takes seconds at most. */
export async function checkReadiness(): Promise<Readiness> {
  const before = Date.now();
  const fleet = await readFleet();
  const ours = new Date((before + Date.now()) / 2);
  const [path, authority, push] = await Promise.all([checkPath(), authorityFinding(), pushFinding()]);
  const findings: Record<CheckKey, Finding> = { ...path.findings, clock: clockFinding(ours, fleet, path.date), authority, push, ...fleetFindings(fleet) };
  const keys = Object.keys(CHECKS) as CheckKey[];
  return { publicUrl: config().publicUrl, items: keys.map((key) => ({ key, title: CHECKS[key], ...findings[key] })) };
}

function clockFinding(ours: Date, { now, skewSeconds }: FleetRow, elsewhere: Date | null): Finding {
  const advice = "Let the machine take its time from the network (NTP).";
  const off = (name: string, seconds: number): Finding => ({ state: "warning", detail: `The clock differs from that of ${name} by ${Math.abs(Math.round(seconds))} seconds.`, advice });
  // Devices keep good time, so when most of them disagree it is us.
  if (skewSeconds !== null && Math.abs(skewSeconds) > SKEW_SECONDS) return off("most devices", skewSeconds);
  const database = (now.getTime() - ours.getTime()) / 1000;
  if (Math.abs(database) > SKEW_SECONDS) return off("the database", database);
  const proxy = elsewhere === null ? 0 : (elsewhere.getTime() - Date.now()) / 1000;
  if (Math.abs(proxy) > SKEW_SECONDS) return off("the public address", proxy);
  const against = ["the database", ...(elsewhere === null ? [] : ["the public address"]), ...(skewSeconds === null ? [] : ["the devices"])];
  return { state: "good", detail: `It agrees with ${against.join(" and ")}.`, advice: null };
}

async function authorityFinding(): Promise<Finding> {
  const { certificate } = await issuingAuthority();
  const days = Math.floor((certificate.notAfter.getTime() - Date.now()) / DAY_MS);
  if (days < 365) return { state: "warning", detail: `Device certificates are issued until ${days} days from now.`, advice: "Make a new authority in time: its certificates cannot outlive it." };
  return { state: "good", detail: `Device certificates can be issued for ${Math.floor(days / 365)} years more.`, advice: null };
}

async function pushFinding(): Promise<Finding> {
  const { topic, test } = await currentTopic();
  if (test) return { state: "open", detail: "The test topic is in use: good for simulated devices.", advice: "Real devices need a push certificate from Apple before they enroll." };
  const current = (await listPushCertificates()).items.find((item) => item.topic === topic && item.replacedAt === null);
  const days = current === undefined ? 0 : Math.floor((Date.parse(current.notAfter) - Date.now()) / DAY_MS);
  if (days < 0) return { state: "failed", detail: `The certificate of ${topic} has ended: no device can be woken.`, advice: "Renew it in Apple's portal with the same Apple Account." };
  if (days < 30) return { state: "warning", detail: `The certificate of ${topic} ends in ${days} days.`, advice: "Renew it in Apple's portal with the same Apple Account." };
  return { state: "good", detail: `Apple wakes devices for ${topic}, for ${days} days more.`, advice: null };
}

function fleetFindings({ links, devices, simulated }: FleetRow): Record<"link" | "device", Finding> {
  const others = simulated === 0 ? "" : ", besides simulated ones";
  return {
    link: links > 0 ? { state: "good", detail: "There is one to hand out.", advice: null } : { state: "open", detail: "A page with a QR code that gives each device its own profile.", advice: "Create a link." },
    device: devices > 0 ? { state: "good", detail: "A real device is here.", advice: null } : { state: "open", detail: `No real device has enrolled yet${others}.`, advice: "Open the link on a device." },
  };
}
