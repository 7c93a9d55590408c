"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { CheckList } from "./check-list";
import { SimulationCard } from "./simulation-card";
import { readinessQueries } from "@/lib/client/queries/readiness";
import { counted } from "@/lib/client/text";
import type { CheckDto } from "@/lib/contracts/readiness";

/** Everything that has to be true before the first device, looked at as it is now. */
export function GettingStarted() {
  const checks = useQuery(readinessQueries.checks());
  return (
    <>
      <PageHeader
        title="Getting started"
        intro={checks.data === undefined ? "What the first device depends on, looked at as it is now." : summary(checks.data.items)}
        actions={
          <Button busy={checks.isFetching} onClick={() => void checks.refetch()}>
            <RefreshCw aria-hidden />
            Check again
          </Button>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <CheckList />
        <SimulationCard />
      </div>
    </>
  );
}

function summary(items: readonly CheckDto[]): string {
  const wrong = items.filter(({ state }) => state === "failed" || state === "warning").length;
  const open = items.filter(({ state }) => state === "open").length;
  if (wrong === 0 && open === 0) return "All is well: real devices can enroll and be woken.";
  if (wrong === 0) return `Nothing is wrong; ${counted(open, "step")} to go.`;
  return `${counted(wrong, "thing")} to mend${open === 0 ? "" : ` and ${counted(open, "step")} to go`}.`;
}
