"use client";

import { useQuery } from "@tanstack/react-query";
import { FileJson2, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { BackLink } from "@/components/ui/back-link";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Copyable } from "@/components/ui/copyable";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { useDeleteDeclaration } from "@/lib/client/mutations/declarations";
import { declarationQueries } from "@/lib/client/queries/declarations";
import { usePermission } from "@/lib/client/use-permission";
import type { DeclarationDto } from "@/lib/contracts/declarations";
import { AssignmentCard } from "./assignment-card";
import { KindTag } from "./declaration-list";
import { typeWords } from "./declaration-words";
import { PayloadForm } from "./payload-form";

/** One declaration: its payload, and who gets it. */
export function DeclarationScreen({ id }: { id: string }) {
  const { data: declaration, error, refetch } = useQuery(declarationQueries.detail(id));
  if (declaration !== undefined) return <Loaded declaration={declaration} />;
  if (error === null) return <DeclarationSkeleton />;
  return ["not-found", "invalid-input"].includes(asProblem(error).code) ? <NoSuchDeclaration /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
}

function Loaded({ declaration }: { declaration: DeclarationDto }) {
  return (
    <>
      <BackLink href="/declarations">Declarations</BackLink>
      <PageHeader
        title={typeWords(declaration.type)}
        intro={
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <KindTag type={declaration.type} />
            <Copyable text={declaration.identifier} what="identifier" />
            <span>
              changed <RelativeTime at={declaration.updatedAt} />
            </span>
          </span>
        }
        actions={<Delete declaration={declaration} />}
      />
      <div className="grid gap-4">
        <Card title="Payload" aside={<code className="break-all">{declaration.type}</code>}>
          {/* A new version begins the form anew, so that nobody overwrites what somebody else has just saved. */}
          <PayloadForm key={declaration.serverToken} declaration={declaration} />
        </Card>
        <AssignmentCard declaration={declaration} channel="device" />
        <AssignmentCard declaration={declaration} channel="user" />
      </div>
    </>
  );
}

function Delete({ declaration }: { declaration: DeclarationDto }) {
  const [asking, setAsking] = useState(false);
  const router = useRouter();
  const remove = useDeleteDeclaration();
  const allowed = usePermission("declaration:write");
  const done = (): void => {
    toast("Declaration deleted");
    router.replace("/declarations");
  };
  return (
    <>
      <Button disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        Delete…
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Delete this declaration?"
        description="Devices that have it are told at their next contact and undo what it did."
        error={remove.error}
        busy={remove.isPending}
        words="Delete declaration"
        onConfirm={() => remove.mutate(declaration.id, { onSuccess: done })}
      />
    </>
  );
}

function NoSuchDeclaration() {
  return (
    <EmptyState
      icon={FileJson2}
      title="There is no such declaration"
      action={
        <Button asChild>
          <Link href="/declarations">All declarations</Link>
        </Button>
      }
    />
  );
}

function DeclarationSkeleton() {
  return (
    <div role="status" aria-label="Loading the declaration">
      <Skeleton className="mt-7 mb-2 h-7 w-56" />
      <Skeleton className="mb-6 h-5 w-80" />
      <Skeleton className="h-96 w-full rounded-xl" />
    </div>
  );
}
