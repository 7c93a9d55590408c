import { CircleCheck, CircleX } from "lucide-react";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import type { ApiProblem } from "@/lib/client/api-problem";
import { certificateCheck, type CertificateCheck } from "@/lib/contracts/push-certificates";

/** The checks that a refusal carries; none when it is about something else. */
export function checksOf(problem: ApiProblem | null): CertificateCheck[] {
  return certificateCheck.array().safeParse(problem?.meta.checks).data ?? [];
}

const HEAD = (
  <>
    <HeadCell className="max-sm:hidden">Check</HeadCell>
    <HeadCell className="max-sm:hidden">Result</HeadCell>
    <HeadCell className="max-sm:hidden">Why</HeadCell>
  </>
);

export function CheckTable({ checks }: { checks: readonly CertificateCheck[] }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <Table label="Checks of the certificate" head={HEAD}>
        {checks.map((check) => (
          <tr key={check.name} className="max-sm:grid max-sm:grid-cols-[1fr_auto]">
            <Cell className="font-medium sm:whitespace-nowrap">{check.name}</Cell>
            <Cell>
              <span className={check.passed ? "flex items-center gap-1.5 text-good" : "flex items-center gap-1.5 text-bad"}>
                {check.passed ? <CircleCheck aria-hidden className="size-4" /> : <CircleX aria-hidden className="size-4" />}
                {check.passed ? "passed" : "failed"}
              </span>
            </Cell>
            <Cell className="break-words text-ink-soft max-sm:col-span-2 max-sm:pt-0">{check.detail}</Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}
