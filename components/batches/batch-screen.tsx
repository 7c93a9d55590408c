"use client";

import { useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import Link from "next/link";
import { actorName, commandTitle } from "@/components/commands/command-title";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { batchQueries } from "@/lib/client/queries/batches";
import { counted } from "@/lib/client/text";
import { BatchActions } from "./batch-actions";
import { BatchBar, BatchLegend, endedWords } from "./batch-bar";
import { BatchCommands } from "./batch-commands";
import { BatchTargetWords } from "./batch-target";
import { SkippedDevices } from "./skipped-devices";

/** One batch: how far it has come, what can be done about the rest, and every device of it. */
export function BatchScreen({ id }: { id: string }) {
  const { data: batch, error, refetch } = useQuery(batchQueries.detail(id));
  if (batch === undefined && error === null) return <BatchSkeleton />;
  if (batch === undefined) return ["not-found", "invalid-input"].includes(asProblem(error).code) ? <NoSuchBatch /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <BackLink href="/batches">Batches</BackLink>
      <PageHeader
        title={commandTitle(batch.requestType)}
        intro={
          <>
            For <BatchTargetWords target={batch.target} />, by {actorName(batch.createdBy)} <RelativeTime at={batch.createdAt} />. {counted(batch.total, "device")}, fixed then.
          </>
        }
        actions={<BatchActions batch={batch} />}
      />
      <div className="grid gap-4">
        <Card title="Progress" aside={<span className="tabular-nums">{endedWords(batch)}</span>}>
          <BatchBar batch={batch} className="mb-4 !h-3" />
          <BatchLegend batch={batch} />
        </Card>
        <SkippedDevices batch={batch} />
        <BatchCommands batchId={id} />
      </div>
    </>
  );
}

function NoSuchBatch() {
  return (
    <EmptyState
      icon={ListChecks}
      title="There is no such batch"
      action={
        <Button asChild>
          <Link href="/batches">All batches</Link>
        </Button>
      }
    />
  );
}

function BatchSkeleton() {
  return (
    <div role="status" aria-label="Loading the batch">
      <Skeleton className="mt-7 mb-2 h-7 w-56" />
      <Skeleton className="mb-6 h-5 w-80" />
      <Skeleton className="mb-4 h-32 w-full rounded-xl" />
      <Skeleton className="h-64 w-full rounded-xl" />
    </div>
  );
}
