import { CircleAlert, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import { counted } from "@/lib/client/text";
import type { LintFindingDto } from "@/lib/contracts/profiles";

const LOOKS: Record<LintFindingDto["severity"], { label: string; icon: LucideIcon; ink: string }> = {
  error: { label: "Error", icon: CircleAlert, ink: "text-bad" },
  warning: { label: "Warning", icon: TriangleAlert, ink: "text-warning" },
  note: { label: "Note", icon: Info, ink: "text-info" },
};

/** What lint has to say of a profile, errors first. */
export function LintFindings({ findings }: { findings: readonly LintFindingDto[] }) {
  if (findings.length === 0) return <p className="text-ink-soft">Nothing is wrong with it, as far as Apple’s schema tells.</p>;
  return (
    <ul className="grid gap-2" aria-label="Findings">
      {findings.map(({ severity, pointer, detail }, index) => {
        const { label, icon: Icon, ink } = LOOKS[severity];
        return (
          <li key={index} className="flex gap-2">
            <Icon role="img" aria-label={label} className={`mt-0.5 size-4 shrink-0 ${ink}`} />
            <span className="min-w-0 break-words">
              <code className="text-xs break-all text-ink-soft">{pointer === "" ? "/" : pointer}</code> {detail}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** "2 errors, 1 warning"; null when there is neither. */
export function lintWords(findings: readonly LintFindingDto[]): string | null {
  const count = (severity: LintFindingDto["severity"]): number => findings.filter((finding) => finding.severity === severity).length;
  const parts = [count("error") === 0 ? null : counted(count("error"), "error"), count("warning") === 0 ? null : counted(count("warning"), "warning")].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

export function hasErrors(findings: readonly LintFindingDto[]): boolean {
  return findings.some(({ severity }) => severity === "error");
}
