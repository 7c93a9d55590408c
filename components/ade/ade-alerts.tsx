"use client";

import { RelativeTime } from "@/components/ui/relative-time";
import { Note } from "@/components/ui/note";
import { useNow } from "@/lib/client/use-now";
import { counted } from "@/lib/client/text";
import type { AdeServerDto } from "@/lib/contracts/ade";
import { ADE_PROBLEMS } from "@/lib/contracts/ade-words";
import { expiryWarning } from "@/lib/contracts/expiry-warning";

const URGENT_DAYS = 14;

/** What keeps an account from working, now or soon. */
export function AdeAlerts({ servers }: { servers: readonly AdeServerDto[] }) {
  const now = useNow();
  if (now === 0) return null;
  const notes = servers.flatMap((server) => [problemNote(server), tokenNote(server, now)].filter((note) => note !== null));
  return notes.length === 0 ? null : <div className="mb-6 grid gap-3">{notes}</div>;
}

function problemNote({ id, name, sync: { problem } }: AdeServerDto) {
  if (problem === null) return null;
  const { label, meaning, tone } = ADE_PROBLEMS[problem.code];
  return (
    <div key={`${id} problem`} role="status">
      <Note tone={tone} title={`${name}: ${label}`}>
        {meaning}
        <span className="mt-0.5 block text-xs">
          Since <RelativeTime at={problem.since} />
          {problem.detail !== null && `, ${problem.detail}`}
        </span>
      </Note>
    </div>
  );
}

function tokenNote({ id, name, token, sync }: AdeServerDto, now: number) {
  if (token === null || sync.problem?.code === "token-expired") return null;
  const warning = expiryWarning(Date.parse(token.expiresAt), now);
  if (warning === null) return null;
  const title = warning.threshold === 0 ? `${name}: the server token has ended` : `${name}: the server token ends in ${counted(warning.daysLeft, "day")}`;
  return (
    <div key={`${id} token`} role="status">
      <Note tone={warning.threshold <= URGENT_DAYS ? "bad" : "warning"} title={title}>
        Download a new one in the portal and upload it under Accounts. Devices, assignments and configurations stay as they are.
      </Note>
    </div>
  );
}
