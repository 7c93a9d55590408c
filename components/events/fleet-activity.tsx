"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { eventQueries } from "@/lib/client/queries/events";
import { useEventSubject } from "./event-subject";
import { EventTable } from "./event-table";

/** What happened to all devices, newest first. */
export function FleetActivity() {
  const { subject, choice } = useEventSubject();
  const list = useInfiniteQuery({ ...eventQueries.activity({ kind: subject.kind }), placeholderData: keepPreviousData });
  const all = subject.value === "";
  return (
    <>
      <PageHeader title="Activity" intro="What happened to the devices, all of them, newest first." />
      <PagedList
        list={list}
        loading="Loading activity"
        title={subject.label}
        aside={choice}
        empty={
          <EmptyState
            icon={Activity}
            title={all ? "Nothing has happened yet" : "Nothing of this kind has happened"}
            action={
              <Button asChild>
                {all ? <Link href="/enrollment-links">Enroll a device</Link> : <Link href="/activity">Everything</Link>}
              </Button>
            }
          />
        }
      >
        {() => <EventTable label="Activity" pages={list.data?.pages.map((page) => page.items) ?? []} />}
      </PagedList>
    </>
  );
}
