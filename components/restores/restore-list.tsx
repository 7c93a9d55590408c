"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { DecisionList } from "@/components/decisions/decision-list";
import type { DecisionRow } from "@/components/decisions/decision-rows";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { useDecideRestores } from "@/lib/client/mutations/decisions";
import { restoreQueries } from "@/lib/client/queries/restores";
import type { RestoreDto } from "@/lib/contracts/restores";
import { RESTORE_SIGNS, RESTORE_STATES } from "@/lib/contracts/words";

const ANSWERED = { accept: "accepted", quarantine: "quarantined", reject: "rejected" } as const;
const SOURCES = { link: "its link says", setting: "the settings say", standard: "by what was seen" } as const;

/** Devices that came back as from a backup. */
export function RestoreList() {
  const [onlyWaiting, setOnlyWaiting] = useState(true);
  const query = useInfiniteQuery(restoreQueries.list(onlyWaiting ? "waiting" : undefined));
  const decide = useDecideRestores();
  const rows = query.data?.pages.flatMap((page) => page.items.map(toRow)) ?? null;
  return (
    <>
      <PageHeader title="Restores" intro="Devices that came back as from a backup, without enrolling: what was seen of it and what they were answered. Those that wait get no commands." />
      <DecisionList
        label="Restores"
        permission="device:terminate"
        words={{ yes: "Accept", no: "Reject" }}
        consequence="It hears 401 at its next contact and removes its management, under the hourly limit. To manage it again, enroll it again."
        query={query}
        rows={rows}
        total={query.data?.pages.at(-1)?.total ?? 0}
        onlyWaiting={onlyWaiting}
        onOnlyWaiting={setOnlyWaiting}
        decide={(ids, yes) => decide.mutateAsync({ ids, decision: yes ? "accept" : "reject" })}
        empty={
          <EmptyState icon={History} title={onlyWaiting ? "No restored device waits" : "No device came back from a backup"}>
            A device whose management had ended, and which returns from a backup, waits here. Links and settings can say otherwise.
          </EmptyState>
        }
      />
    </>
  );
}

function toRow(item: RestoreDto): DecisionRow {
  return {
    id: item.id,
    name: item.deviceName ?? item.serialNumber ?? "A device",
    href: `/devices/${item.deviceId}`,
    who: [item.deviceName === null ? null : item.serialNumber, item.modelName].filter((part) => part !== null).join(" · "),
    why: (
      <>
        {item.signs.map((sign) => (
          <span key={sign} title={RESTORE_SIGNS[sign].meaning}>
            {RESTORE_SIGNS[sign].label}.{" "}
          </span>
        ))}
        It was {ANSWERED[item.policy]}: {SOURCES[item.policySource]}.
      </>
    ),
    at: item.createdAt,
    state: RESTORE_STATES[item.state],
    decided: item.decidedBy === null ? null : `by ${item.decidedBy.replace(/^\w+:/, "")}`,
    decidable: item.state === "waiting",
  };
}
