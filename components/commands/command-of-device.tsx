import Link from "next/link";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell } from "@/components/ui/table";
import type { BatchCommand } from "@/lib/contracts/batches";
import { errorLine } from "./error-chain";

/** First cell of a row that leads to the command on the page of its device: what names it, and what went wrong, or else `otherwise`. */
export function CommandCell({ command, name, otherwise = null, children }: { command: BatchCommand; name: string; otherwise?: string | null; children?: ReactNode }) {
  const detail = errorLine(command.errorChain) ?? command.cause ?? otherwise;
  return (
    <Cell className="max-w-80 max-sm:max-w-44">
      <Link href={`/devices/${command.deviceId}?tab=commands&command=${command.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
        {name}
      </Link>
      {detail !== null && <span className="block truncate text-xs text-ink-faint">{detail}</span>}
      {children}
    </Cell>
  );
}

/** When a step was taken, above the link of its row; a dash when it was not. */
export function When({ at }: { at: string | null }) {
  if (at === null) return <span className="text-ink-faint">–</span>;
  return <RelativeTime at={at} className="relative z-[1]" />;
}
