"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, UserRoundCheck } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { accountDrivenQueries } from "@/lib/client/queries/account-driven";
import { usePermission } from "@/lib/client/use-permission";
import type { AccountConfigurationDto } from "@/lib/contracts/account-driven";
import { ACCOUNT_METHODS, ACCOUNT_MODES, MODEL_FAMILIES } from "@/lib/contracts/words";
import { AccountDialog } from "./account-dialog";

/** The domains whose people enroll by signing in on the device. */
export function AccountList() {
  const [creating, setCreating] = useState(false);
  const router = useRouter();
  const allowed = usePermission("link:write");
  const list = useInfiniteQuery(accountDrivenQueries.list());
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Add domain
    </Button>
  );
  return (
    <>
      <PageHeader title="Account-driven enrollment" intro="People add their work account in Settings, sign in, and the device enrolls by itself." actions={create} />
      {list.error !== null && list.data === undefined && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {(list.isPending || list.data !== undefined) && (
        <Card flush>
          {list.isPending && <SkeletonRows rows={3} label="Loading the domains" />}
          {list.data !== undefined && rows.length === 0 && (
            <EmptyState icon={UserRoundCheck} title="No domain yet" action={create}>
              Add the domain of your Managed Apple Accounts. Devices look there for this server.
            </EmptyState>
          )}
          {rows.length > 0 && (
            <>
              <Table label="Domains" head={HEAD}>
                {rows.map((row) => (
                  <Row key={row.id} row={row} />
                ))}
              </Table>
              <LoadMore shown={rows.length} total={list.data?.pages.at(-1)?.total ?? rows.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
            </>
          )}
        </Card>
      )}
      <AccountDialog open={creating} onOpenChange={setCreating} configuration={null} onSaved={({ id }) => router.push(`/account-driven/${id}`)} />
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Domain</HeadCell>
    <HeadCell className="hidden sm:table-cell">Models</HeadCell>
    <HeadCell className="hidden md:table-cell">Sign-in</HeadCell>
    <HeadCell className="text-right">Enrolled</HeadCell>
  </>
);

function Row({ row }: { row: AccountConfigurationDto }) {
  return (
    <tr className="relative hover:bg-hover">
      <Cell className="max-w-80 max-sm:max-w-52">
        <Link href={`/account-driven/${row.id}`} className="roomy flex max-w-full flex-wrap items-center gap-x-2 gap-y-1 after:absolute after:inset-0">
          <span className="truncate font-medium">{row.domain}</span>
          <Tag title={ACCOUNT_MODES[row.mode].meaning}>{ACCOUNT_MODES[row.mode].label}</Tag>
        </Link>
      </Cell>
      <Cell className="hidden sm:table-cell">{modelsWords(row)}</Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">{ACCOUNT_METHODS[row.method].label}</Cell>
      <Cell className="text-right tabular-nums">{row.enrolled.toLocaleString()}</Cell>
    </tr>
  );
}

export function modelsWords({ modelFamilies }: Pick<AccountConfigurationDto, "modelFamilies">): string {
  return modelFamilies.length === 0 ? "all" : modelFamilies.map((family) => MODEL_FAMILIES[family]).join(", ");
}
