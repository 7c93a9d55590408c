"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { pushCertificateQueries } from "@/lib/client/queries/push-certificates";
import { CertificateTable } from "./certificate-table";
import { CurrentTopic } from "./current-topic";
import { UploadForm } from "./upload-form";

/** The certificate with which Apple lets this server wake devices. */
export function PushCertificatePage() {
  const { data, error, isPending, refetch } = useQuery(pushCertificateQueries.list());
  return (
    <>
      <PageHeader title="Push certificate" intro="Apple wakes a device for this server only with this certificate. Every device remembers its topic for life, so it is renewed each year and never replaced." />
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      <div className="grid gap-6">
        {isPending && <Skeleton className="h-32 rounded-xl" />}
        {data !== undefined && <CurrentTopic list={data} />}
        <UploadForm renewing={data?.testTopic === false} />
        {(isPending || (data !== undefined && data.items.length > 0)) && (
          <Card flush title="All push certificates">
            {isPending ? <SkeletonRows rows={2} label="Loading push certificates" /> : <CertificateTable certificates={data?.items ?? []} />}
          </Card>
        )}
      </div>
    </>
  );
}
