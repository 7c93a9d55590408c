import type { LinkFunnel } from "@/lib/contracts/enrollment-links";

const STEPS: readonly { key: keyof LinkFunnel; label: string }[] = [
  { key: "opened", label: "Page opened" },
  { key: "downloaded", label: "Profile downloaded" },
  { key: "certified", label: "Certificate issued" },
  { key: "enrolled", label: "Checked in" },
];

/** How far people got: where the bars fall off is where they need help. */
export function LinkFunnelChart({ funnel }: { funnel: LinkFunnel }) {
  const most = Math.max(1, ...STEPS.map(({ key }) => funnel[key]));
  return (
    <ol className="grid gap-3">
      {STEPS.map(({ key, label }) => (
        <li key={key} className="grid gap-1">
          <span className="flex items-baseline justify-between gap-3">
            <span className="text-ink-soft">{label}</span>
            <span className="font-medium tabular-nums">{funnel[key].toLocaleString()}</span>
          </span>
          <span aria-hidden className="h-2 overflow-hidden rounded-full bg-sunken">
            <span className="block h-full rounded-full bg-accent" style={{ width: `${(funnel[key] / most) * 100}%` }} />
          </span>
        </li>
      ))}
    </ol>
  );
}
