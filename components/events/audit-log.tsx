"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { FileClock } from "lucide-react";
import { useState } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { Select } from "@/components/ui/select";
import { eventQueries } from "@/lib/client/queries/events";
import { EVENT_KINDS } from "@/lib/contracts/event-kinds";
import { EventTable } from "./event-table";

const KIND_OPTIONS = [
  { value: "", label: "Everything" },
  ...Object.entries(EVENT_KINDS)
    .filter(([, kind]) => kind.audit)
    .map(([value, kind]) => ({ value, label: kind.title })),
];

/** What people and scripts did on this server. */
export function AuditLog() {
  const [kind, setKind] = useState("");
  const list = useInfiniteQuery({ ...eventQueries.audit(kind === "" ? {} : { kind }), placeholderData: keepPreviousData });
  return (
    <>
      <PageHeader title="Audit log" intro="What people and scripts did here. Entries are only ever added." />
      <div className="mb-4">
        <Select label="Kind of entry" className="w-64" value={kind} options={KIND_OPTIONS} onChange={setKind} />
      </div>
      <PagedList list={list} loading="Loading the audit log" empty={<EmptyState icon={FileClock} title={kind === "" ? "Nothing was done yet" : "No entry of this kind"} />}>
        {() => <EventTable label="Audit log" pages={list.data?.pages.map((page) => page.items) ?? []} />}
      </PagedList>
    </>
  );
}
