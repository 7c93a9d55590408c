import Link from "next/link";
import type { ReactNode } from "react";
import { Popover } from "@/components/ui/popover";
import { counted } from "@/lib/client/text";
import { useNow } from "@/lib/client/use-now";
import type { DeviceSummary } from "@/lib/contracts/devices";
import { PUSH_HEALTH } from "@/lib/contracts/words";
import { deviceName } from "./device-name";

const SILENT_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

export interface Issue {
  words: string;
  /** Where it is seen through or mended. */
  places: readonly { href: string; words: string }[];
}

/** What is wrong with a managed device as far as its row tells, and where to go for it. */
export function issuesOf({ id, state, push, failedCommands, lastSeenAt }: DeviceSummary, now: number): Issue[] {
  if (state === null || state === "ended") return [];
  const issues: Issue[] = [];
  if (state === "quarantined") {
    issues.push({ words: "Quarantined: it gets no commands until an admin decides", places: [{ href: "/admissions", words: "Admissions" }, { href: "/restores", words: "Restores" }] });
  }
  const pushes = { href: `/devices/${id}?tab=push`, words: "Why, and its last pushes" };
  if (push === "failing" || push === "dead" || push === "missing") issues.push({ words: `Cannot be woken: ${PUSH_HEALTH[push].meaning}`, places: [pushes] });
  if (failedCommands > 0) issues.push({ words: `${counted(failedCommands, "command")} failed within 7 days`, places: [{ href: `/devices/${id}?tab=commands`, words: "Its commands" }] });
  if (lastSeenAt !== null && now - Date.parse(lastSeenAt) > SILENT_AFTER_MS) issues.push({ words: "Silent for more than 7 days", places: [pushes] });
  return issues;
}

interface Props {
  device: DeviceSummary;
  /** Stands for the number when all is well. */
  otherwise?: ReactNode;
  /** "2 issues", where no column says what the number counts. */
  noun?: boolean;
}

/** How many there are; a click says which they are and leads to each. */
export function Issues({ device, otherwise = null, noun = false }: Props) {
  const issues = issuesOf(device, useNow());
  if (issues.length === 0) return otherwise;
  const label = `${counted(issues.length, "issue")} of ${deviceName(device)}`;
  return (
    <Popover
      label={label}
      trigger={
        // Above the stretched link of the row, or the click would open the device.
        <button type="button" aria-label={label} title={issues.map(({ words }) => words).join("\n")} className="relative z-[1] h-6 min-w-6 rounded-full bg-warning-soft px-2 text-center text-xs font-medium text-warning">
          {noun ? counted(issues.length, "issue") : issues.length}
        </button>
      }
    >
      <ul className="grid gap-3">
        {issues.map(({ words, places }) => (
          <li key={words}>
            <p>{words}</p>
            <p className="flex flex-wrap gap-x-4">
              {places.map((place) => (
                <Link key={place.href} href={place.href} className="inline-flex min-h-6 items-center rounded font-medium text-accent underline-offset-2 hover:underline">
                  {place.words}
                </Link>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
