import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceDto, EnrollmentDto } from "@/lib/contracts/devices";
import { ENROLLMENT_STATES, type Tone } from "@/lib/contracts/words";
import { asRecord } from "./device-facts";
import { factOf, newestEnrollment } from "./newest-enrollment";

const DAY_MS = 24 * 60 * 60 * 1000;
const MONTH_MS = 30 * DAY_MS;
const WAITING_LONG_MS = 15 * 60 * 1000;
const SKEW_LIMIT_SECONDS = 300;

/** Something wrong with a device, and what to do about it. */
export interface Matter {
  key: string;
  tone: Tone;
  title: string;
  words: ReactNode;
  /** Where it is seen or mended: a tab of this page. */
  tab?: { value: string; words: string };
}

/** What somebody should look at on this device, the worst first; nothing when all is well. */
export function mattersOf(device: DeviceDto, now: number): Matter[] {
  const enrollment = newestEnrollment(device);
  if (enrollment === null || enrollment.endedAt !== null) return [];
  return [...stateMatters(enrollment, now), ...certificateMatters(enrollment, now), ...escrowMatters(device, enrollment)];
}

function stateMatters(enrollment: EnrollmentDto, now: number): Matter[] {
  const { push } = enrollment;
  const matters: (Matter | null)[] = [
    push.tokenDeadAt === null
      ? null
      : { key: "token", tone: "bad", title: "It cannot be woken", words: <>Apple called the push token dead <RelativeTime at={push.tokenDeadAt} />. Commands wait until the device connects by itself; if its profile is gone, it has to enroll again.</> },
    enrollment.state === "quarantined" ? { key: "quarantine", tone: "warning", title: ENROLLMENT_STATES.quarantined.label, words: <Decide /> } : null,
    enrollment.state === "authenticating" && now - Date.parse(enrollment.authenticatedAt) > WAITING_LONG_MS
      ? { key: "no-token", tone: "warning", title: "The enrollment has stalled", words: "The device introduced itself but never sent a push token. It may have lost its network, or a restore left it half enrolled: open the link on it once more.", tab: PROTOCOL }
      : null,
    enrollment.awaitingConfiguration && enrollment.enrolledAt !== null && now - Date.parse(enrollment.enrolledAt) > WAITING_LONG_MS
      ? { key: "setup", tone: "warning", title: "It still waits in Setup Assistant", words: "It is released when it answers DeviceConfigured. If that does not come, look at its last messages.", tab: PROTOCOL }
      : null,
    push.lastPushStatus !== null && push.lastPushStatus >= 400 && push.tokenDeadAt === null && push.pushesUnanswered > 0
      ? { key: "push", tone: "warning", title: "The last push did not get through", words: <>Apple answered {push.lastPushReason ?? push.lastPushStatus}{push.nextPushAt === null ? "." : <>; it is tried again <RelativeTime at={push.nextPushAt} />.</>}</> }
      : null,
  ];
  return matters.filter((matter) => matter !== null);
}

/** Where an admin decides depends on how it got there. */
function Decide() {
  const look = "underline underline-offset-2";
  return (
    <>
      {ENROLLMENT_STATES.quarantined.meaning} A device that asks to be let in waits under <Link href="/admissions" className={look}>Admissions</Link>, one that came back from a backup under{" "}
      <Link href="/restores" className={look}>Restores</Link>.
    </>
  );
}

const PROTOCOL = { value: "protocol", words: "See its messages" };

function certificateMatters({ identity, clockSkewSeconds }: EnrollmentDto, now: number): Matter[] {
  const matters: Matter[] = [];
  if (identity !== null && Date.parse(identity.notAfter) - now < MONTH_MS) {
    const over = Date.parse(identity.notAfter) < now;
    const words = over ? <>It ended <RelativeTime at={identity.notAfter} />. It is still listened to for half a year, so renew it when it connects.</> : <>It ends <RelativeTime at={identity.notAfter} />. Renew it, or enroll the device again, before that.</>;
    matters.push({ key: "identity", tone: over ? "bad" : "warning", title: over ? "The identity certificate has ended" : "The identity certificate ends soon", words });
  }
  if (clockSkewSeconds !== null && Math.abs(clockSkewSeconds) > SKEW_LIMIT_SECONDS) {
    const words = `It is ${Math.abs(clockSkewSeconds).toLocaleString()} seconds ${clockSkewSeconds > 0 ? "ahead" : "behind"}. Certificates may seem not yet valid or ended to it: set its date and time to automatic.`;
    matters.push({ key: "clock", tone: "warning", title: "The device's clock is wrong", words, tab: PROTOCOL });
  }
  return matters;
}

/** What is missing now will be missed in an emergency. */
function escrowMatters(device: DeviceDto, { enrolledAt }: EnrollmentDto): Matter[] {
  if (enrolledAt === null) return [];
  const held = new Set(device.secrets.filter((secret) => secret.current).map((secret) => secret.kind));
  const silicon = asRecord(factOf(device, "DeviceInformation")?.value)?.IsAppleSilicon === true;
  if (device.platform === "macos" && silicon && !held.has("bootstrap-token")) {
    return [{ key: "bootstrap", tone: "info", title: "No bootstrap token is held", words: "Without it an erase or an update of this Mac may need its user. A Mac sends it when an administrator with a secure token signs in.", tab: SECURITY }];
  }
  if ((device.platform === "ios" || device.platform === "ipados") && device.udid !== null && !held.has("unlock-token")) {
    return [{ key: "unlock", tone: "info", title: "No unlock token is held", words: "Its passcode cannot be cleared from here. Devices send the token once, when they enroll: enroll it again to get one.", tab: SECURITY }];
  }
  return [];
}

const SECURITY = { value: "security", words: "See its secrets" };
