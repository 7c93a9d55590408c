"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { accountQueries } from "@/lib/client/queries/accounts";
import { usePermission } from "@/lib/client/use-permission";
import { useNow } from "@/lib/client/use-now";
import type { ApiTokenDto } from "@/lib/contracts/accounts";
import { ROLES, type Tone } from "@/lib/contracts/words";
import { CreateTokenDialog } from "./create-token-dialog";
import { RevokeToken } from "./revoke-token";

/** Keys for scripts. */
export function TokenList() {
  const [creating, setCreating] = useState(false);
  const allowed = usePermission("token:manage");
  const { data, error, isPending, refetch } = useQuery(accountQueries.apiTokens());
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create token
    </Button>
  );
  return (
    <>
      <PageHeader
        title="API tokens"
        intro={
          <>
            For scripts: the console itself uses the same API, described at{" "}
            <a href="/api/v1/openapi.json" className="text-accent underline underline-offset-2">
              /api/v1/openapi.json
            </a>
            .
          </>
        }
        actions={create}
      />
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {(isPending || data !== undefined) && (
        <Card flush>
          {isPending && <SkeletonRows rows={3} label="Loading tokens" />}
          {data !== undefined && data.items.length === 0 && (
            <EmptyState icon={KeyRound} title="No token yet" action={create}>
              A token acts with a role of its own and can be revoked at any time.
            </EmptyState>
          )}
          {data !== undefined && data.items.length > 0 && <TokenTable tokens={data.items} />}
        </Card>
      )}
      <CreateTokenDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Token</HeadCell>
    <HeadCell className="hidden sm:table-cell">Role</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden md:table-cell">Last used</HeadCell>
    <HeadCell className="hidden lg:table-cell">Created</HeadCell>
    <HeadCell>
      <span className="sr-only">Revoke</span>
    </HeadCell>
  </>
);

function TokenTable({ tokens }: { tokens: readonly ApiTokenDto[] }) {
  const now = useNow();
  return (
    <Table label="API tokens" head={HEAD}>
      {tokens.map((token) => {
        const { label, tone, live } = stateOf(token, now);
        return (
          <tr key={token.id}>
            <Cell className="max-w-64">
              <span className="block truncate font-medium">{token.name}</span>
              <code className="text-xs text-ink-faint">{token.prefix}…</code>
              <span className="block text-xs text-ink-soft sm:hidden">{ROLES[token.role].label}</span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <span title={ROLES[token.role].meaning}>{ROLES[token.role].label}</span>
            </Cell>
            <Cell>
              <Badge tone={tone}>{label}</Badge>
              {live && token.expiresAt !== null && (
                <span className="ml-2 text-xs whitespace-nowrap text-ink-faint max-sm:ml-0 max-sm:block">
                  ends <RelativeTime at={token.expiresAt} />
                </span>
              )}
            </Cell>
            <Cell className="hidden whitespace-nowrap md:table-cell">{token.lastUsedAt === null ? <span className="text-ink-faint">never</span> : <RelativeTime at={token.lastUsedAt} />}</Cell>
            <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
              <RelativeTime at={token.createdAt} />
              {token.createdBy !== null && ` by ${token.createdBy}`}
            </Cell>
            <Cell className="text-right">{live && <RevokeToken token={token} />}</Cell>
          </tr>
        );
      })}
    </Table>
  );
}

function stateOf(token: ApiTokenDto, now: number): { label: string; tone: Tone; live: boolean } {
  if (token.revokedAt !== null) return { label: "Revoked", tone: "neutral", live: false };
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now) return { label: "Expired", tone: "neutral", live: false };
  return { label: "Active", tone: "good", live: true };
}
