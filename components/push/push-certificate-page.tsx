"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Card } from "@/components/ui/card";
import { Note } from "@/components/ui/note";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton, SkeletonRows } from "@/components/ui/skeleton";
import { pushCertificateQueries } from "@/lib/client/queries/push-certificates";
import type { PushCertificateList, PushCertificateRequestDto, PushCertificateUploaded } from "@/lib/contracts/push-certificates";
import { CertificateTable } from "./certificate-table";
import { CheckTable } from "./check-table";
import { CurrentTopic } from "./current-topic";
import { RequestGuide } from "./request-guide";
import { StartGuide } from "./start-guide";
import { UploadForm } from "./upload-form";

/** The certificate with which Apple lets this server wake devices. */
export function PushCertificatePage() {
  const list = useQuery(pushCertificateQueries.list());
  const requests = useQuery(pushCertificateQueries.requests());
  const [uploaded, setUploaded] = useState<PushCertificateUploaded | null>(null);
  const error = list.error ?? requests.error;
  const pending = list.isPending || requests.isPending;
  return (
    <>
      <PageHeader title="Push certificate" intro="Apple wakes a device for this server only with this certificate. Every device remembers its topic for life, so it is renewed each year and never replaced." />
      {error !== null && (list.data === undefined || requests.data === undefined) && <ProblemNote error={error} onRetry={() => void Promise.all([list.refetch(), requests.refetch()])} />}
      <div className="grid gap-6">
        {uploaded !== null && <Uploaded uploaded={uploaded} />}
        {list.data !== undefined && <CurrentTopic list={list.data} />}
        {pending && error === null && <Skeleton className="h-64 rounded-xl" />}
        {list.data !== undefined && requests.data !== undefined && <Guides list={list.data} requests={requests.data.items} onUploaded={setUploaded} />}
        {(list.isPending || (list.data !== undefined && list.data.items.length > 0)) && (
          <Card flush title="All push certificates">
            {list.isPending ? <SkeletonRows rows={2} label="Loading push certificates" /> : <CertificateTable list={list.data} />}
          </Card>
        )}
      </div>
    </>
  );
}

function Uploaded({ uploaded }: { uploaded: PushCertificateUploaded }) {
  return (
    <div role="status" className="grid gap-3">
      <Note tone="good" title="The certificate is in use">
        Topic <code className="text-xs break-all">{uploaded.topic}</code>
      </Note>
      <CheckTable checks={uploaded.checks} />
    </div>
  );
}

interface GuidesProps {
  list: PushCertificateList;
  requests: readonly PushCertificateRequestDto[];
  onUploaded: (uploaded: PushCertificateUploaded) => void;
}

/** What waits goes on; where nothing waits it begins. */
function Guides({ list, requests, onUploaded }: GuidesProps) {
  const inUse = (topic: string | null) => list.items.find((each) => each.topic === topic && each.replacedAt === null) ?? null;
  if (requests.length === 0) return <StartGuide current={list.testTopic ? null : inUse(list.currentTopic)} onUploaded={onUploaded} />;
  return (
    <>
      {requests.map((request) => (
        <RequestGuide key={request.id} request={request} renewed={inUse(request.topic)} onUploaded={onUploaded} />
      ))}
      <details className="rounded-xl border border-line bg-surface p-4">
        <summary className="roomy font-medium">I have a certificate with its key</summary>
        <div className="pt-4">
          <UploadForm renewing={!list.testTopic} appleAccount={inUse(list.currentTopic)?.appleAccount ?? null} onUploaded={onUploaded} />
        </div>
      </details>
    </>
  );
}
