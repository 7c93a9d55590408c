"use client";

import { useQuery } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { accountQueries } from "@/lib/client/queries/accounts";
import { peopleQueries } from "@/lib/client/queries/people";
import type { PersonDto } from "@/lib/contracts/people";
import { ROLES, type Tone } from "@/lib/contracts/words";
import { AddPersonDialog } from "./add-person-dialog";
import { PersonMenu } from "./person-menu";

const STATES: Record<PersonDto["state"], { label: string; tone: Tone }> = {
  active: { label: "Active", tone: "good" },
  invited: { label: "Invited", tone: "info" },
  disabled: { label: "Disabled", tone: "neutral" },
};

const HEAD = (
  <>
    <HeadCell>Person</HeadCell>
    <HeadCell className="hidden sm:table-cell">Role</HeadCell>
    <HeadCell>State</HeadCell>
    <HeadCell className="hidden md:table-cell">Last signed in</HeadCell>
    <HeadCell className="hidden lg:table-cell">Added</HeadCell>
    <HeadCell>
      <span className="sr-only">Actions</span>
    </HeadCell>
  </>
);

/** Who may sign in to the console, and as what. */
export function PeopleList() {
  const [adding, setAdding] = useState(false);
  const { data, error, isPending, refetch } = useQuery(peopleQueries.list());
  const { data: me } = useQuery(accountQueries.me());
  return (
    <>
      <PageHeader
        title="People"
        intro="Who may sign in to this console. Each person has one role; the audit log names who did what."
        actions={
          <Button look="primary" onClick={() => setAdding(true)}>
            <UserPlus aria-hidden />
            Add person
          </Button>
        }
      />
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {isPending && (
        <Card flush>
          <SkeletonRows rows={3} label="Loading people" />
        </Card>
      )}
      {data !== undefined && (
        <Card flush>
          <Table label="People" head={HEAD}>
            {data.items.map((person) => (
              <PersonRow key={person.id} person={person} isMe={person.id === me?.id} />
            ))}
          </Table>
        </Card>
      )}
      <AddPersonDialog open={adding} onOpenChange={setAdding} />
    </>
  );
}

function PersonRow({ person, isMe }: { person: PersonDto; isMe: boolean }) {
  const { label, tone } = STATES[person.state];
  return (
    <tr>
      <Cell className="max-w-64">
        <span className="block truncate font-medium">
          {person.name}
          {isMe && <span className="font-normal text-ink-faint"> (you)</span>}
        </span>
        <span className="block truncate text-xs text-ink-faint">
          <span className="sm:hidden">{ROLES[person.role].label} · </span>
          {person.email}
        </span>
      </Cell>
      <Cell className="hidden sm:table-cell">
        <span title={ROLES[person.role].meaning}>{ROLES[person.role].label}</span>
      </Cell>
      <Cell>
        <Badge tone={tone}>{label}</Badge>
      </Cell>
      <Cell className="hidden whitespace-nowrap md:table-cell">
        {person.lastSignInAt === null ? <span className="text-ink-faint">never</span> : <RelativeTime at={person.lastSignInAt} />}
      </Cell>
      <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
        <RelativeTime at={person.createdAt} />
      </Cell>
      <Cell className="text-right">
        <PersonMenu person={person} />
      </Cell>
    </tr>
  );
}
