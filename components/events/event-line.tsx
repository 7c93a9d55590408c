import Link from "next/link";
import { classNames } from "@/components/ui/class-names";
import { RelativeTime } from "@/components/ui/relative-time";
import { wordsFromKey } from "@/lib/client/text";
import type { EventDto } from "@/lib/contracts/events";
import { EVENT_KINDS } from "@/lib/contracts/event-kinds";
import type { Tone } from "@/lib/contracts/words";

const KINDS: Record<string, { title: string; tone: Tone }> = EVENT_KINDS;
const DOTS: Record<Tone, string> = { neutral: "bg-ink-faint", info: "bg-info", good: "bg-good", warning: "bg-warning", bad: "bg-bad" };

/** What an event is called; a kind this console does not know yet, by its own words. */
export function eventTitle(kind: string): string {
  return KINDS[kind]?.title ?? wordsFromKey(kind.replaceAll(/[.-]/g, " "));
}

/** The colour beside the title. */
export function EventDot({ kind }: { kind: string }) {
  return <span aria-hidden className={classNames("block size-2 shrink-0 rounded-full", DOTS[KINDS[kind]?.tone ?? "neutral"])} />;
}

/** Who did it, in words. */
export function actorWords(actor: string): string {
  if (actor === "device") return "the device";
  if (actor === "system") return "Muster";
  if (actor.startsWith("user:")) return actor.slice("user:".length);
  if (actor.startsWith("token:")) return `${actor.slice("token:".length)} (API token)`;
  return actor;
}

/** What the title says already, or the page around it. */
const SAID: readonly (readonly [kind: string, key: string])[] = [
  ["command.", "status"],
  ["command.", "deliveries"],
  ["push.", "udid"],
  ["push.", "topic"],
];

/** What the log kept of it, one line; nested values are left to the API. */
export function EventData({ kind, data }: { kind: string; data: EventDto["data"] }) {
  const plain = Object.entries(data).filter(
    ([key, value]) => (typeof value === "string" || typeof value === "number" || value === true) && value !== "" && value !== 0 && !SAID.some(([prefix, said]) => kind.startsWith(prefix) && key === said),
  );
  if (plain.length === 0) return null;
  return (
    <span className="flex flex-wrap gap-x-3 text-xs break-all text-ink-soft">
      {plain.map(([key, value]) => (
        <span key={key}>
          <span className="text-ink-faint">{wordsFromKey(key).toLowerCase()}</span> {value === true ? "yes" : String(value)}
        </span>
      ))}
    </span>
  );
}

/** One entry of a timeline. `commandHref` leads to the command it is about. */
export function TimelineEntry({ event, commandHref }: { event: EventDto; commandHref: string | null }) {
  return (
    <li className="flex gap-3 px-4 py-2.5">
      <span className="mt-1.5">
        <EventDot kind={event.kind} />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          {commandHref === null ? (
            <span className="font-medium">{eventTitle(event.kind)}</span>
          ) : (
            <Link href={commandHref} className="roomy inline-block rounded font-medium underline-offset-2 hover:underline">
              {eventTitle(event.kind)}
            </Link>
          )}
          <span className="text-ink-faint"> by {actorWords(event.actor)}</span>
        </p>
        <EventData kind={event.kind} data={event.data} />
      </div>
      <RelativeTime at={event.at} className="shrink-0 text-xs whitespace-nowrap text-ink-faint tabular-nums" />
    </li>
  );
}
