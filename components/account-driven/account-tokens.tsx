"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useMemo } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { asProblem } from "@/lib/client/api-problem";
import { useRevokeAccountToken } from "@/lib/client/mutations/account-driven";
import { accountDrivenQueries } from "@/lib/client/queries/account-driven";
import { useNow } from "@/lib/client/use-now";
import { usePermission } from "@/lib/client/use-permission";
import type { AccountTokenDto } from "@/lib/contracts/account-driven";

const HEAD = (
  <>
    <HeadCell>Person</HeadCell>
    <HeadCell className="hidden sm:table-cell">Signed in</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell>
      <span className="sr-only">Revoke</span>
    </HeadCell>
  </>
);

/** Who signed in on a device, and what they got for it. */
export function AccountTokens({ configurationId }: { configurationId: string }) {
  const list = useInfiniteQuery(accountDrivenQueries.tokens(configurationId));
  const tokens = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <Card flush title="Sign-ins">
      {list.isPending && <SkeletonRows rows={2} label="Loading the sign-ins" />}
      {list.error !== null && list.data === undefined && (
        <div className="p-4">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data !== undefined && tokens.length === 0 && <EmptyState icon={KeyRound} title="Nobody has signed in yet" />}
      {tokens.length > 0 && (
        <>
          <Table label="Sign-ins" head={HEAD}>
            {tokens.map((token) => (
              <Row key={token.id} token={token} />
            ))}
          </Table>
          <LoadMore shown={tokens.length} total={list.data?.pages.at(-1)?.total ?? tokens.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}

function Row({ token }: { token: AccountTokenDto }) {
  const now = useNow();
  const revoke = useRevokeAccountToken();
  const allowed = usePermission("link:write");
  const ended = token.revokedAt !== null || Date.parse(token.expiresAt) <= now;
  const onError = (error: unknown): void => toast.error(asProblem(error).title);
  return (
    <tr>
      <Cell className="max-w-64 truncate">{token.account}</Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">
        <RelativeTime at={token.createdAt} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-soft">{token.revokedAt !== null ? "revoked" : ended ? "over" : <>ends <RelativeTime at={token.expiresAt} /></>}</Cell>
      <Cell className="w-px">
        {!ended && (
          <Button size="small" busy={revoke.isPending} disabled={!allowed} title={allowed ? "Ends everything this person got here" : "Needs the role Operator"} onClick={() => revoke.mutate(token.id, { onError })}>
            Revoke
          </Button>
        )}
      </Cell>
    </tr>
  );
}
