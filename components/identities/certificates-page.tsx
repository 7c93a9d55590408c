"use client";

import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { BadgeCheck } from "lucide-react";
import { useMemo, useState } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { identityQueries, type IdentityView } from "@/lib/client/queries/identities";
import { AuthorityTable } from "./authority-table";
import { IdentityTable } from "./identity-table";
import { RotateAuthority } from "./rotate-authority";

const EMPTY: Record<IdentityView, { title: string; text: string }> = {
  all: { title: "No device has an identity yet", text: "Each device gets one when it enrolls. Make an enrollment link to begin." },
  open: { title: "No renewal is under way", text: "Identities are renewed by themselves after two thirds of their life." },
  stuck: { title: "No renewal is stuck", text: "One that a device refuses, or leaves half way, shows here with its stage." },
};

/** The authorities of this server, the identities they have issued, and how their renewal stands. */
export function CertificatesPage() {
  const [view, setView] = useState<IdentityView>("all");
  const authorities = useQuery(identityQueries.authorities());
  const stuck = useInfiniteQuery(identityQueries.list("stuck")).data?.pages[0]?.total ?? null;
  const open = useInfiniteQuery(identityQueries.list("open")).data?.pages[0]?.total ?? null;
  return (
    <>
      <PageHeader
        title="Certificates"
        intro="The identity of each device, who issued it and when it is renewed. Renewal is by itself; a device never has to enroll again for it."
        actions={<RotateAuthority />}
      />
      <div className="grid grid-cols-1 gap-6">
        {authorities.error !== null && authorities.data === undefined ? (
          <ProblemNote error={authorities.error} onRetry={() => void authorities.refetch()} />
        ) : (
          <Card title="Authorities" flush>
            {authorities.data === undefined ? <SkeletonRows rows={1} label="Loading authorities" /> : <AuthorityTable authorities={authorities.data.items} />}
          </Card>
        )}
        <Tabs
          label="Identities"
          value={view}
          onChange={(next) => setView(next as IdentityView)}
          tabs={[
            { value: "all", label: "First to end", content: <Identities view="all" /> },
            { value: "open", label: "Being renewed", count: open, content: <Identities view="open" /> },
            { value: "stuck", label: "Stuck", count: stuck, content: <Identities view="stuck" /> },
          ]}
        />
      </div>
    </>
  );
}

function Identities({ view }: { view: IdentityView }) {
  const list = useInfiniteQuery(identityQueries.list(view));
  const identities = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  if (list.error !== null && list.data === undefined) return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <Card flush>
      {list.isPending && <SkeletonRows rows={4} label="Loading identities" />}
      {list.data !== undefined && identities.length === 0 && (
        <EmptyState icon={BadgeCheck} title={EMPTY[view].title}>
          {EMPTY[view].text}
        </EmptyState>
      )}
      {identities.length > 0 && (
        <>
          <IdentityTable identities={identities} />
          <LoadMore
            shown={identities.length}
            total={list.data?.pages.at(-1)?.total ?? identities.length}
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
    </Card>
  );
}
