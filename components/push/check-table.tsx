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
    <HeadCell>Check</HeadCell>
    <HeadCell>Result</HeadCell>
    <HeadCell>Why</HeadCell>
  </>
);

export function CheckTable({ checks }: { checks: readonly CertificateCheck[] }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line">
      <Table label="Checks of the certificate" head={HEAD}>
        {checks.map((check) => (
          <tr key={check.name}>
            <Cell className="font-medium">{check.name}</Cell>
            <Cell>
              <span className={check.passed ? "flex items-center gap-1.5 text-good" : "flex items-center gap-1.5 text-bad"}>
                {check.passed ? <CircleCheck aria-hidden className="size-4" /> : <CircleX aria-hidden className="size-4" />}
                {check.passed ? "passed" : "failed"}
              </span>
            </Cell>
            <Cell className="text-ink-soft">{check.detail}</Cell>
          </tr>
        ))}
      </Table>
    </div>
  );
}
