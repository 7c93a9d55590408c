import { counted } from "@/lib/client/text";
import type { Overview } from "@/lib/contracts/events";
import type { Tone } from "@/lib/contracts/words";

export interface Matter {
  key: string;
  tone: Tone;
  title: string;
  words: string;
  href: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const RENEW_WITHIN_DAYS = 30;

/** What somebody should look at; only what is not zero. */
export function mattersOf(overview: Overview, now: number): Matter[] {
  const matters: (Matter | null)[] = [
    ...overview.push.alarms.map(alarmMatter),
    pushMatter(overview, now),
    commandMatter(overview, "failed", "failed", "The device answered with an error."),
    commandMatter(overview, "malformed", "could not be read", "Devices did not understand them: our fault."),
    commandMatter(overview, "poisoned", "taken out", "Delivered three times without any answer."),
    deviceMatter(overview, "quarantined", "quarantined", "They get no commands until an admin decides."),
    waitingMatter("admissions", overview.admissionsWaiting, "asks to be let in", "ask to be let in", "They are enrolled and get nothing until somebody decides."),
    waitingMatter("restores", overview.restoresWaiting, "came back from a backup", "came back from a backup", "Accept or reject: they get no commands meanwhile."),
    heldMatter(overview.terminationsHeld),
    overview.unknownContacts === 0
      ? null
      : {
          key: "contacts",
          tone: "warning",
          title: counted(overview.unknownContacts, "unknown contact"),
          words: "Somebody spoke to a device route and was refused.",
          href: "/unknown-contacts",
        },
  ];
  return matters.filter((matter) => matter !== null);
}

function waitingMatter(place: "admissions" | "restores", count: number, one: string, many: string, words: string): Matter | null {
  return count === 0 ? null : { key: place, tone: "warning", title: `${counted(count, "device")} ${count === 1 ? one : many}`, words, href: `/${place}` };
}

function heldMatter(count: number): Matter | null {
  if (count === 0) return null;
  return { key: "held", tone: "warning", title: `${counted(count, "termination")} held back`, words: "The hourly limit was reached. A second person can confirm them.", href: "/devices?state=unenrolling" };
}

function alarmMatter({ topic, sentence }: Overview["push"]["alarms"][number]): Matter {
  return { key: `alarm-${topic}`, tone: "bad", title: "Push configuration: no device can be woken", words: sentence, href: "/push-certificate" };
}

function pushMatter({ push, devices }: Overview, now: number): Matter | null {
  const place = { key: "push", href: "/push-certificate" };
  if (push.testTopic) {
    const real = devices.total > devices.simulated;
    return { ...place, tone: real ? "bad" : "warning", title: "Test topic in use", words: "Without a push certificate Apple cannot wake real devices." };
  }
  if (push.expiresAt === null) return null;
  const days = Math.floor((Date.parse(push.expiresAt) - now) / DAY_MS);
  if (days < 0) return { ...place, tone: "bad", title: "Push certificate expired", words: "No device can be woken. Renew it with the same Apple Account." };
  if (days > RENEW_WITHIN_DAYS) return null;
  return { ...place, tone: days < 7 ? "bad" : "warning", title: `Push certificate ends in ${counted(days, "day")}`, words: "Renew it with the same Apple Account." };
}

function commandMatter({ commands }: Overview, state: string, words: string, meaning: string): Matter | null {
  const count = commands.byState[state] ?? 0;
  if (count === 0) return null;
  return { key: `command-${state}`, tone: "bad", title: `${counted(count, "command")} ${words}`, words: meaning, href: "/devices" };
}

function deviceMatter({ devices }: Overview, state: string, words: string, meaning: string): Matter | null {
  const count = devices.byState[state] ?? 0;
  if (count === 0) return null;
  return { key: `device-${state}`, tone: "warning", title: `${counted(count, "device")} ${words}`, words: meaning, href: `/devices?state=${state}` };
}
