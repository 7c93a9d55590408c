"use client";

import { useQuery } from "@tanstack/react-query";
import { FileJson2, RefreshCw } from "lucide-react";
import Link from "next/link";
import { toast } from "@/components/ui/toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { JsonValue } from "@/components/ui/json-value";
import { KeyValues } from "@/components/ui/key-values";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { asProblem } from "@/lib/client/api-problem";
import { useSyncDeclarations } from "@/lib/client/mutations/declarations";
import { declarationQueries } from "@/lib/client/queries/declarations";
import { deviceQueries } from "@/lib/client/queries/devices";
import { usePermission } from "@/lib/client/use-permission";
import type { DeclarationItem, DeviceDeclarations as DeviceDeclarationsDto } from "@/lib/contracts/declarations";
import { itemWords, syncWords } from "./declaration-state";
import { typeWords } from "./declaration-words";

type Channel = DeviceDeclarationsDto["items"][number];

/** What this device was promised, what it has read, and what it says of itself. */
export function DeviceDeclarations({ deviceId }: { deviceId: string }) {
  const { data, error, refetch } = useQuery(declarationQueries.ofDevice(deviceId));
  if (data === undefined && error !== null) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} label="Loading declarations" />;
  const started = data.items.filter((channel) => channel.token !== null || channel.statusAt !== null);
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-ink-soft">What the device keeps true by itself, and what it reports.</p>
        <SyncNow deviceId={deviceId} />
      </div>
      {started.length === 0 && (
        <EmptyState icon={FileJson2} title="Declarative management has not begun">
          It begins when a declaration is assigned to a group of this device, or with “Sync now”.
        </EmptyState>
      )}
      {started.map((channel) => (
        <ChannelState key={channel.enrollmentId} deviceId={deviceId} channel={channel} named={started.length > 1} />
      ))}
    </div>
  );
}

function SyncNow({ deviceId }: { deviceId: string }) {
  const sync = useSyncDeclarations(deviceId);
  const allowed = usePermission("device:command");
  const ask = (): void =>
    sync.mutate(undefined, {
      onSuccess: () => toast("Asked the device to read its declarations", { description: "It does so when it has connected." }),
      onError: (error) => {
        const problem = asProblem(error);
        toast.error(problem.title, { description: `${problem.message} (${problem.code})` });
      },
    });
  return (
    <Button size="small" busy={sync.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={ask}>
      {!sync.isPending && <RefreshCw aria-hidden />}
      Sync now
    </Button>
  );
}

function ChannelState({ deviceId, channel, named }: { deviceId: string; channel: Channel; named: boolean }) {
  const { data: device } = useQuery(deviceQueries.detail(deviceId));
  const enrollment = device?.enrollments.find((each) => each.id === channel.enrollmentId);
  const name = channel.channel === "device" ? "The device" : (enrollment?.userLongName ?? enrollment?.userShortName ?? "A user");
  const sync = syncWords(channel);
  return (
    <section className="grid gap-4">
      {named && <h2 className="font-semibold">{name}</h2>}
      {channel.errors.length > 0 && (
        <Note tone="bad" title="The newest report carries errors">
          <JsonValue value={channel.errors} />
        </Note>
      )}
      <Card
        flush
        title="Declarations"
        aside={
          <Badge tone={sync.tone} title={sync.meaning}>
            {sync.label}
          </Badge>
        }
      >
        {channel.declarations.length === 0 ? <p className="p-6 text-center text-ink-faint">Nothing is assigned.</p> : <Items items={channel.declarations} />}
        <p className="border-t border-line px-4 py-2 text-xs break-all text-ink-faint">
          {channel.tokenAt === null ? "No token was made yet" : <>Token <code>{channel.token}</code>, made <RelativeTime at={channel.tokenAt} /></>}
        </p>
      </Card>
      {channel.statusAt !== null && statusItems(channel.status).length > 0 && (
        <Card flush title="Status" aside={<span>reported <RelativeTime at={channel.statusAt} /></span>}>
          <KeyValues items={statusItems(channel.status).map(([key, value]) => ({ key, value: <JsonValue value={value} /> }))} />
        </Card>
      )}
    </section>
  );
}

/** The state of the declarations stands in their own table. */
function statusItems(status: Channel["status"]): [string, unknown][] {
  return Object.entries(status).filter(([name]) => name !== "management.declarations").toSorted(([a], [b]) => a.localeCompare(b));
}

const HEAD = (
  <>
    <HeadCell>Declaration</HeadCell>
    <HeadCell>On the device</HeadCell>
    <HeadCell className="hidden md:table-cell">Why</HeadCell>
  </>
);

function Items({ items }: { items: readonly DeclarationItem[] }) {
  return (
    <Table label="Declarations of this channel" head={HEAD}>
      {items.map((item) => {
        const state = itemWords(item);
        return (
          <tr key={item.identifier}>
            <Cell className="max-w-80 max-sm:max-w-48">
              {item.declarationId === null ? (
                <span className="block truncate font-medium">{typeWords(item.type)}</span>
              ) : (
                <Link href={`/declarations/${item.declarationId}`} className="roomy block truncate rounded font-medium underline-offset-2 hover:underline">
                  {typeWords(item.type)}
                </Link>
              )}
              <code className="block truncate text-xs text-ink-faint" title={item.identifier}>
                {item.identifier}
              </code>
              {item.reasons.length > 0 && (
                <span className="mt-1 block text-xs md:hidden">
                  <JsonValue value={item.reasons} />
                </span>
              )}
            </Cell>
            <Cell>
              <Badge tone={state.tone} title={state.meaning}>
                {state.label}
              </Badge>
            </Cell>
            <Cell className="hidden max-w-md text-xs md:table-cell">{item.reasons.length === 0 ? <span className="text-ink-faint">–</span> : <JsonValue value={item.reasons} />}</Cell>
          </tr>
        );
      })}
    </Table>
  );
}
