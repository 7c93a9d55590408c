import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { Tone } from "@/lib/contracts/words";
import { classNames } from "./class-names";

const LOOKS: Record<Tone, { frame: string; icon: typeof Info }> = {
  neutral: { frame: "border-line bg-sunken [&>svg]:text-ink-faint", icon: Info },
  info: { frame: "border-info/25 bg-info-soft [&>svg]:text-info", icon: Info },
  good: { frame: "border-good/25 bg-good-soft [&>svg]:text-good", icon: CircleCheck },
  warning: { frame: "border-warning/30 bg-warning-soft [&>svg]:text-warning", icon: TriangleAlert },
  bad: { frame: "border-bad/30 bg-bad-soft [&>svg]:text-bad", icon: CircleAlert },
};

/** Something to know before going on. */
export function Note({ tone, title, children, action }: { tone: Tone; title?: string; children?: ReactNode; action?: ReactNode }) {
  const { frame, icon: Icon } = LOOKS[tone];
  return (
    <div className={classNames("flex gap-3 rounded-lg border p-3 max-sm:flex-wrap", frame)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 wrap-anywhere max-sm:basis-[calc(100%-1.75rem)]">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className="text-ink-soft">{children}</div>}
      </div>
      {action !== undefined && <div className="shrink-0 max-sm:ml-7">{action}</div>}
    </div>
  );
}
