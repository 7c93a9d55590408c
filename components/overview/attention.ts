import { countWords } from "@/components/devices/count-words";
import { viewHref } from "@/components/devices/view-href";
import { counted } from "@/lib/client/text";
import type { Overview } from "@/lib/contracts/events";
import { ADE_PROBLEMS } from "@/lib/contracts/ade-words";
import { expiryWarning } from "@/lib/contracts/expiry-warning";
import { BUILT_IN_VIEWS } from "@/lib/contracts/built-in-views";
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
const WAITING_LONG_DAYS = 3;

/** What somebody should look at; only what is not zero. */
export function mattersOf(overview: Overview, now: number): Matter[] {
  const matters: (Matter | null)[] = [
    ...overview.push.alarms.map(alarmMatter),
    pushMatter(overview, now),
    ...overview.adeServers.map((server) => adeMatter(server, now)),
    ...BUILT_IN_VIEWS.map((view) => viewMatter(overview, view)),
    longestMatter(overview, now),
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

/** What keeps Automated Device Enrollment from working, now or soon; what goes on by itself is no cause for concern. */
function adeMatter({ id, name, tokenExpiresAt, problem }: Overview["adeServers"][number], now: number): Matter | null {
  const place = { key: `ade-${id}`, href: "/ade" };
  if (problem !== null && ADE_PROBLEMS[problem].tone === "bad") return { ...place, tone: "bad", title: `${name}: ${ADE_PROBLEMS[problem].label.toLowerCase()}`, words: ADE_PROBLEMS[problem].meaning };
  const warning = expiryWarning(Date.parse(tokenExpiresAt), now);
  if (warning === null || warning.daysLeft > RENEW_WITHIN_DAYS) return null;
  const title = warning.threshold === 0 ? `${name}: the server token has ended` : `${name}: the server token ends in ${counted(warning.daysLeft, "day")}`;
  return { ...place, tone: warning.daysLeft < 7 ? "bad" : "warning", title, words: "Download a new one in Apple’s portal and upload it." };
}

/** How a view reads as a matter; one that is not here is no cause for concern. */
const VIEW_MATTERS: Record<string, { one: string; many: string; words: string; tone: Tone }> = {
  silent: { one: "device silent", many: "devices silent", words: "Nothing heard from them for a week.", tone: "warning" },
  "failed-commands": { one: "device with failed commands", many: "devices with failed commands", words: "Answered with an error within a week, or could not read the command.", tone: "bad" },
  "push-problem": { one: "device cannot be woken", many: "devices cannot be woken", words: "The push was refused, the token is dead or was never sent.", tone: "bad" },
  "profiles-in-trouble": { one: "device with a profile in trouble", many: "devices with profiles in trouble", words: "It failed, or the device no longer has what it was given.", tone: "warning" },
  "setup-assistant": { one: "device in Setup Assistant", many: "devices in Setup Assistant", words: "They wait until they are told that they are configured.", tone: "info" },
  "identity-ending": { one: "identity ends soon", many: "identities end soon", words: "Their certificates end within 30 days.", tone: "warning" },
  quarantined: { one: "device quarantined", many: "devices quarantined", words: "They get no commands until an admin decides.", tone: "warning" },
};

function viewMatter({ devices }: Overview, view: (typeof BUILT_IN_VIEWS)[number]): Matter | null {
  const count = devices.attention[view.id];
  const matter = VIEW_MATTERS[view.id];
  if (count === undefined || count.total === 0 || matter === undefined) return null;
  return { key: view.id, tone: matter.tone, title: `${countWords(count)} ${count.total === 1 ? matter.one : matter.many}`, words: matter.words, href: viewHref(view.filter, view.sort) };
}

function longestMatter({ oldestQueuedAt }: Overview, now: number): Matter | null {
  if (oldestQueuedAt === null) return null;
  const days = Math.floor((now - Date.parse(oldestQueuedAt)) / DAY_MS);
  if (days < WAITING_LONG_DAYS) return null;
  return { key: "waiting", tone: "info", title: `A command has waited for ${counted(days, "day")}`, words: "Its device has not asked for work since.", href: viewHref({ commands: "open" }, "lastSeen") };
}
