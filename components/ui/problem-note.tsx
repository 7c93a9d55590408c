"use client";

import { TriangleAlert } from "lucide-react";
import { asProblem } from "@/lib/client/api-problem";
import { Button } from "./button";
import { CopyButton } from "./copy-button";

interface Props {
  error: unknown;
  /** Offered when trying again may help. */
  onRetry?: () => void;
}

/** What failed, in words, with the code and the request id for whoever is asked for help. */
export function ProblemNote({ error, onRetry }: Props) {
  const problem = asProblem(error);
  const reference = [problem.code, problem.requestId].filter((part) => part !== null).join(" · ");
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-bad/30 bg-bad-soft p-3">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-bad">{problem.title}</p>
        {problem.message !== problem.title && <p className="mt-0.5 break-words text-ink">{problem.message}</p>}
        {problem.errors.length > 0 && (
          <ul className="mt-1 list-disc pl-4 text-ink">
            {problem.errors.map((each) => (
              <li key={`${each.pointer} ${each.detail}`}>
                <code className="text-xs">{each.pointer === "" ? "/" : each.pointer}</code> {each.detail}
              </li>
            ))}
          </ul>
        )}
        <p className="mt-1 flex items-center gap-1 text-xs text-ink-soft">
          <code className="truncate">{reference}</code>
          <CopyButton text={reference} what="error reference" />
        </p>
      </div>
      {onRetry !== undefined && (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
