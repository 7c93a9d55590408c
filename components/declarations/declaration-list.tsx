"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileJson2, Plus } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { RelativeTime } from "@/components/ui/relative-time";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { declarationQueries } from "@/lib/client/queries/declarations";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { DeclarationDto } from "@/lib/contracts/declarations";
import { declarationKind } from "@/lib/protocol/declarations/validate-declaration";
import { CreateDeclarationDialog } from "./create-declaration-dialog";
import { KIND_WORDS, typeWords } from "./declaration-words";

/** Every declaration of this server. */
export function DeclarationList() {
  const [creating, setCreating] = useState(false);
  const router = useRouter();
  const allowed = usePermission("declaration:write");
  const list = useInfiniteQuery(declarationQueries.list());
  const create = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setCreating(true)}>
      <Plus aria-hidden />
      Create declaration
    </Button>
  );
  return (
    <>
      <PageHeader title="Declarations" intro="What devices keep true by themselves. A device gets those that are assigned to its groups." actions={create} />
      <PagedList
        list={list}
        loading="Loading declarations"
        empty={
          <EmptyState icon={FileJson2} title="No declaration yet" action={create}>
            A configuration is a setting that devices apply and watch over without being asked.
          </EmptyState>
        }
      >
        {(declarations) => <DeclarationTable declarations={declarations} />}
      </PagedList>
      <CreateDeclarationDialog open={creating} onOpenChange={setCreating} onCreated={(declaration) => router.push(`/declarations/${declaration.id}`)} />
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Declaration</HeadCell>
    <HeadCell className="hidden sm:table-cell">Kind</HeadCell>
    <HeadCell>Assigned to</HeadCell>
    <HeadCell className="hidden lg:table-cell">Changed</HeadCell>
  </>
);

function DeclarationTable({ declarations }: { declarations: readonly DeclarationDto[] }) {
  return (
    <Table label="Declarations" head={HEAD}>
      {declarations.map((declaration) => (
        <tr key={declaration.id} className="relative hover:bg-hover">
          <Cell className="max-w-96 max-sm:max-w-52">
            <Link href={`/declarations/${declaration.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
              {typeWords(declaration.type)}
            </Link>
            <code className="block truncate text-xs text-ink-faint">{declaration.identifier}</code>
          </Cell>
          <Cell className="hidden sm:table-cell">
            <KindTag type={declaration.type} />
          </Cell>
          <Cell className="whitespace-nowrap">
            <AssignedWords declaration={declaration} />
          </Cell>
          <Cell className="hidden whitespace-nowrap text-ink-soft lg:table-cell">
            <RelativeTime at={declaration.updatedAt} className="relative z-[1]" />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

export function KindTag({ type }: { type: string }) {
  const kind = declarationKind(type);
  return kind === null ? null : <Tag title={KIND_WORDS[kind].meaning}>{KIND_WORDS[kind].label.toLowerCase()}</Tag>;
}

function AssignedWords({ declaration }: { declaration: DeclarationDto }) {
  const groups = new Set([...declaration.groupIds, ...declaration.userGroupIds]).size;
  return groups === 0 ? <span className="text-ink-faint">nobody</span> : <>{counted(groups, "group")}</>;
}
