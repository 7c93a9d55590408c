"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { DoorOpen } from "lucide-react";
import { useState } from "react";
import { DecisionList } from "@/components/decisions/decision-list";
import type { DecisionRow } from "@/components/decisions/decision-rows";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { useDecideAdmissions } from "@/lib/client/mutations/decisions";
import { admissionQueries } from "@/lib/client/queries/admissions";
import type { AdmissionDto } from "@/lib/contracts/admissions";
import { ADMISSION_STATES } from "@/lib/contracts/words";

/** Devices that ask to be let in. */
export function AdmissionList() {
  const [onlyWaiting, setOnlyWaiting] = useState(true);
  const query = useInfiniteQuery(admissionQueries.list(onlyWaiting ? "waiting" : undefined));
  const decide = useDecideAdmissions();
  const rows = query.data?.pages.flatMap((page) => page.items.map(toRow)) ?? null;
  return (
    <>
      <PageHeader title="Admissions" intro="Devices that came by a link whose devices are let in one by one. Until somebody decides they are heard, and get nothing." />
      <DecisionList
        label="Admissions"
        permission="link:write"
        words={{ yes: "Approve", no: "Refuse" }}
        consequence="A device that has enrolled hears 401 at its next contact and removes its management, under the hourly limit. It cannot come back by the same link until somebody approves it."
        query={query}
        rows={rows}
        total={query.data?.pages.at(-1)?.total ?? 0}
        onlyWaiting={onlyWaiting}
        onOnlyWaiting={setOnlyWaiting}
        decide={(ids, yes) => decide.mutateAsync({ ids, decision: yes ? "approve" : "refuse" })}
        empty={
          <EmptyState icon={DoorOpen} title={onlyWaiting ? "Nobody waits to be let in" : "Nobody has asked yet"}>
            Set a link to ask an admin, and the devices that come by it show here.
          </EmptyState>
        }
      />
    </>
  );
}

function toRow(item: AdmissionDto): DecisionRow {
  const who = [item.deviceName === null ? null : item.serialNumber, item.productName, item.osVersion].filter((part) => part !== null).join(" · ");
  return {
    id: item.id,
    name: item.deviceName ?? item.serialNumber ?? item.udid ?? "A device",
    href: item.deviceId === null ? null : `/devices/${item.deviceId}`,
    who,
    why: `By the link ${item.link.name}${item.deviceId === null ? ", not enrolled yet" : ""}`,
    at: item.createdAt,
    state: ADMISSION_STATES[item.state],
    decided: item.decidedBy === null ? null : `by ${item.decidedBy.replace(/^\w+:/, "")}`,
    decidable: item.state === "waiting",
  };
}
