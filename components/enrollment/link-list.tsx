"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link2, Plus } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { linkQueries } from "@/lib/client/queries/enrollment-links";
import { usePermission } from "@/lib/client/use-permission";
import type { EnrollmentLinkDto } from "@/lib/contracts/enrollment-links";
import { CreateLinkDialog } from "./create-link-dialog";
import { LinkDialog } from "./link-dialog";
import { LinkTable } from "./link-table";

/** The links that hand out enrollment profiles. */
export function LinkList() {
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<EnrollmentLinkDto | null>(null);
  const allowed = usePermission("link:write");
  const list = useInfiniteQuery(linkQueries.list());
  const links = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create link
    </Button>
  );
  return (
    <>
      <PageHeader title="Enrollment links" intro="Open a link on a device to enroll it. Whoever has the link can use it until it ends." actions={create} />
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {(list.isPending || list.data !== undefined) && (
        <Card flush>
          {list.isPending && <SkeletonRows rows={4} label="Loading links" />}
          {list.data !== undefined && links.length === 0 && (
            <EmptyState icon={Link2} title="No link yet" action={create}>
              A link gives each device its own enrollment profile. Send it, print its QR code, or open it on the device.
            </EmptyState>
          )}
          {links.length > 0 && (
            <>
              <LinkTable links={links} />
              <LoadMore
                shown={links.length}
                total={list.data?.pages.at(-1)?.total ?? links.length}
                hasMore={list.hasNextPage}
                busy={list.isFetchingNextPage}
                onMore={() => void list.fetchNextPage()}
              />
            </>
          )}
        </Card>
      )}
      <CreateLinkDialog
        open={creating}
        onOpenChange={setCreating}
        onCreated={(link) => {
          setCreating(false);
          setMade(link);
        }}
      />
      <LinkDialog link={made} onClose={() => setMade(null)} />
    </>
  );
}
