"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, ChevronRight, Waypoints } from "lucide-react";
import { useMemo } from "react";
import { Badge, Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { LoadMore } from "@/components/ui/load-more";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { exchangeQueries } from "@/lib/client/queries/exchanges";
import { useAddress } from "@/lib/client/use-address";
import { exchangeListQuery, type ExchangeDto, type ExchangeSelection } from "@/lib/contracts/exchanges";
import { ExchangeDetail } from "./exchange-detail";
import { answerMeaning, byteWords, exchangeMeaning, statusTone } from "./exchange-words";

const SHOWN = [
  { value: "all", label: "Everything" },
  { value: "work", label: "Without idle polls" },
  { value: "refused", label: "Refused only" },
] as const satisfies readonly { value: ExchangeSelection; label: string }[];

/** The inspector: every message of this device, what it was answered, by which certificate and how fast. */
export function ProtocolTab({ deviceId }: { deviceId: string }) {
  const { show, open, change } = useInspectorAddress();
  const list = useInfiniteQuery({ ...exchangeQueries.ofDevice(deviceId, show), placeholderData: keepPreviousData });
  const exchanges = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return (
    <Card flush title="Protocol" aside={<Select label="Which exchanges" className="w-44" value={show} options={SHOWN} onChange={(value) => change({ show: value === "all" ? null : value, exchange: null })} />}>
      <p className="border-b border-line px-4 py-2.5 text-xs text-ink-faint">
        What the device said and was answered, newest first, a few seconds behind. Secrets were masked before anything was kept; idle polls are only counted.
      </p>
      {list.isPending && <SkeletonRows rows={6} label="Loading exchanges" />}
      {list.error !== null && list.data === undefined && (
        <div className="p-4">
          <ProblemNote error={list.error} onRetry={() => void list.refetch()} />
        </div>
      )}
      {list.data !== undefined && exchanges.length === 0 && (
        <EmptyState icon={Waypoints} title={show === "refused" ? "Nothing was refused" : "Nothing was heard of it lately"}>
          {show === "all" ? "The inspector looks back as many days as the settings say. “Push now” asks the device to connect." : "Choose “Everything” to see the other exchanges."}
        </EmptyState>
      )}
      {exchanges.length > 0 && (
        <>
          <Table label="Exchanges" head={HEAD}>
            {exchanges.map((each) => (
              <ExchangeRow key={each.id} deviceId={deviceId} exchange={each} open={open === each.id} onToggle={() => change({ exchange: open === each.id ? null : each.id })} />
            ))}
          </Table>
          <LoadMore shown={exchanges.length} total={list.data?.pages[0]?.total ?? exchanges.length} hasMore={list.hasNextPage} busy={list.isFetchingNextPage} onMore={() => void list.fetchNextPage()} />
        </>
      )}
    </Card>
  );
}

/** Which exchanges are listed and which one is open, kept in the address. */
function useInspectorAddress() {
  const { search, change } = useAddress();
  return { show: exchangeListQuery.shape.show.safeParse(search.get("show") ?? "all").data ?? ("all" as const), open: search.get("exchange"), change };
}

const HEAD = (
  <>
    <HeadCell>Message</HeadCell>
    <HeadCell>Answer</HeadCell>
    <HeadCell className="hidden md:table-cell">In / out</HeadCell>
    <HeadCell className="hidden lg:table-cell">Took</HeadCell>
    <HeadCell className="hidden lg:table-cell">From</HeadCell>
    <HeadCell className="hidden sm:table-cell">When</HeadCell>
  </>
);

function ExchangeRow({ deviceId, exchange, open, onToggle }: { deviceId: string; exchange: ExchangeDto; open: boolean; onToggle: () => void }) {
  const answer = answerMeaning(exchange);
  return (
    <>
      <tr className={classNames("relative hover:bg-hover", exchange.idle && "text-ink-soft")}>
        <Cell className="max-w-72">
          <button type="button" aria-expanded={open} onClick={onToggle} className="flex max-w-full items-center gap-2 text-left after:absolute after:inset-0">
            <ChevronRight aria-hidden className={classNames("size-4 shrink-0 text-ink-faint transition-transform", open && "rotate-90")} />
            <span className="min-w-0">
              <span className="flex items-center gap-2">
                <span className={classNames("truncate", !exchange.idle && "font-medium")}>{exchange.kind}</span>
                {exchange.userName !== null && <Tag title="Said on the channel of this user">{exchange.userName}</Tag>}
              </span>
              <span className="block text-xs text-ink-faint">{exchangeMeaning(exchange)}</span>
              <span className="block text-xs text-ink-faint sm:hidden">
                <RelativeTime at={exchange.at} />
              </span>
            </span>
          </button>
        </Cell>
        <Cell className="max-w-56">
          {exchange.idle ? <span className="tabular-nums">{exchange.status}</span> : <Badge tone={statusTone(exchange.status)}>{exchange.status}</Badge>}
          {answer !== "" && !exchange.idle && <span className="mt-0.5 block text-xs text-ink-soft">{answer}</span>}
        </Cell>
        <Cell className="hidden whitespace-nowrap tabular-nums text-ink-soft md:table-cell">
          <span className="inline-flex items-center gap-1">
            <ArrowUp aria-label="in" className="size-3" />
            {byteWords(exchange.bytesIn)}
          </span>
          <span className="ml-2 inline-flex items-center gap-1">
            <ArrowDown aria-label="out" className="size-3" />
            {byteWords(exchange.bytesOut)}
          </span>
        </Cell>
        <Cell className="hidden whitespace-nowrap tabular-nums text-ink-soft lg:table-cell">{exchange.durationMs < 1 ? "under 1 ms" : `${exchange.durationMs.toLocaleString()} ms`}</Cell>
        <Cell className="hidden font-mono text-xs whitespace-nowrap text-ink-soft lg:table-cell">{exchange.remoteAddress}</Cell>
        <Cell className="hidden whitespace-nowrap sm:table-cell">
          <RelativeTime at={exchange.at} className="relative z-[1]" />
        </Cell>
      </tr>
      {open && (
        <tr>
          <td colSpan={6} className="bg-canvas p-4 sm:p-5">
            <ExchangeDetail deviceId={deviceId} exchange={exchange} />
          </td>
        </tr>
      )}
    </>
  );
}
