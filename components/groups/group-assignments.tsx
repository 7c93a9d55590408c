"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { typeWords } from "@/components/declarations/declaration-words";
import { StateCounts } from "@/components/profiles/profile-state";
import { Tag } from "@/components/ui/badge";
import { PagedList } from "@/components/ui/paged-list";
import { declarationQueries } from "@/lib/client/queries/declarations";
import { profileQueries } from "@/lib/client/queries/profiles";
import type { DeclarationDto } from "@/lib/contracts/declarations";

/** What the devices of a group get because they are in it. */
export function GroupAssignments({ groupId }: { groupId: string }) {
  const profiles = useInfiniteQuery(profileQueries.ofGroup(groupId));
  const declarations = useInfiniteQuery(declarationQueries.ofGroup(groupId));
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <PagedList list={profiles} loading="Loading the profiles" title="Profiles" empty={<Nothing what="profile" where="/profiles" />}>
        {(items) => (
          <ul className="divide-y divide-line">
            {items.map(({ id, name, identifier, states }) => (
              <Assigned key={id} href={`/profiles/${id}`} name={name} detail={identifier} aside={<StateCounts states={states} />} />
            ))}
          </ul>
        )}
      </PagedList>
      <PagedList list={declarations} loading="Loading the declarations" title="Declarations" empty={<Nothing what="declaration" where="/declarations" />}>
        {(items) => (
          <ul className="divide-y divide-line">
            {items.map((declaration) => (
              <Assigned key={declaration.id} href={`/declarations/${declaration.id}`} name={typeWords(declaration.type)} detail={declaration.identifier} aside={<Channels declaration={declaration} groupId={groupId} />} />
            ))}
          </ul>
        )}
      </PagedList>
    </div>
  );
}

function Assigned({ href, name, detail, aside }: { href: string; name: string; detail: string; aside: ReactNode }) {
  return (
    <li className="relative flex items-center justify-between gap-3 px-4 py-2.5 hover:bg-hover">
      <span className="min-w-0">
        <Link href={href} className="roomy block truncate font-medium after:absolute after:inset-0">
          {name}
        </Link>
        <code className="block truncate text-xs text-ink-faint">{detail}</code>
      </span>
      <span className="shrink-0">{aside}</span>
    </li>
  );
}

/** On which channels the group gets it; the device channel is the usual one. */
function Channels({ declaration, groupId }: { declaration: DeclarationDto; groupId: string }) {
  const channels = [...(declaration.groupIds.includes(groupId) ? ["devices"] : []), ...(declaration.userGroupIds.includes(groupId) ? ["their users"] : [])];
  return <Tag>{channels.join(" and ")}</Tag>;
}

function Nothing({ what, where }: { what: string; where: string }) {
  return (
    <p className="px-4 py-5 text-ink-soft">
      No {what} is assigned to this group.{" "}
      <Link href={where} className="rounded text-accent underline underline-offset-2">
        Assign one on its page
      </Link>
    </p>
  );
}
