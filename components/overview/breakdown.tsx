import Link from "next/link";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { COMMAND_STATES, ENROLLMENT_STATES, PUSH_HEALTH, wordsOf, type Tone } from "@/lib/contracts/words";

export interface BreakdownRow {
  key: string;
  label: string;
  tone: Tone;
  /** The list behind the number; null when there is none. */
  href: string | null;
}

export const STATE_ROWS: readonly BreakdownRow[] = [
  ...wordsOf(ENROLLMENT_STATES).map((key) => ({ key, ...ENROLLMENT_STATES[key], href: `/devices?state=${key}` })),
  { key: "none", label: "Not enrolled", tone: "neutral", href: "/devices?state=none" },
];
export const COMMAND_ROWS: readonly BreakdownRow[] = wordsOf(COMMAND_STATES).map((key) => ({ key, ...COMMAND_STATES[key], href: `/commands?state=${key}` }));
export const PUSH_ROWS: readonly BreakdownRow[] = wordsOf(PUSH_HEALTH).map((key) => ({ key, ...PUSH_HEALTH[key], href: `/devices?push=${key}` }));

const BARS: Record<Tone, string> = { neutral: "bg-ink-faint", info: "bg-info", good: "bg-good", warning: "bg-warning", bad: "bg-bad" };

interface Props {
  title: string;
  counts: Readonly<Record<string, number>>;
  rows: readonly BreakdownRow[];
  empty: string;
}

/** How a number divides: a word, a count and a bar for each part that is not zero. */
export function Breakdown({ title, counts, rows, empty }: Props) {
  const shown = rows.filter((row) => (counts[row.key] ?? 0) > 0);
  const most = Math.max(1, ...shown.map((row) => counts[row.key] ?? 0));
  return (
    <Card title={title} flush>
      {shown.length === 0 ? (
        <p className="p-4 text-ink-faint">{empty}</p>
      ) : (
        <ul className="py-2">
          {shown.map((row) => (
            <li key={row.key}>
              <Row row={row} count={counts[row.key] ?? 0} share={(counts[row.key] ?? 0) / most} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Row({ row, count, share }: { row: BreakdownRow; count: number; share: number }) {
  const content = (
    <>
      <span className="flex items-baseline justify-between gap-3">
        <span className="flex items-center gap-2">
          <span aria-hidden className={classNames("size-2 rounded-full", BARS[row.tone])} />
          {row.label}
        </span>
        <span className="font-medium tabular-nums">{count.toLocaleString()}</span>
      </span>
      <span aria-hidden className="mt-1.5 block h-1 overflow-hidden rounded-full bg-sunken">
        <span className={classNames("block h-full rounded-full", BARS[row.tone])} style={{ width: `${Math.max(2, share * 100)}%` }} />
      </span>
    </>
  );
  if (row.href === null) return <div className="px-4 py-2">{content}</div>;
  return (
    <Link href={row.href} className="block px-4 py-2 outline-offset-[-2px] hover:bg-hover">
      {content}
    </Link>
  );
}
