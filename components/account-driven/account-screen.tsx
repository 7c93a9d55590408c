"use client";

import { useQuery } from "@tanstack/react-query";
import { Pencil, UserRoundX } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LinkDevices } from "@/components/enrollment/link-devices";
import { rightsWords } from "@/components/enrollment/link-rules";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Copyable } from "@/components/ui/copyable";
import { EmptyState } from "@/components/ui/empty-state";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { useDeleteAccountConfiguration } from "@/lib/client/mutations/account-driven";
import { accountDrivenQueries } from "@/lib/client/queries/account-driven";
import { usePermission } from "@/lib/client/use-permission";
import type { AccountConfigurationDto } from "@/lib/contracts/account-driven";
import { ACCOUNT_METHODS, ACCOUNT_MODES, ADMISSION_RULES, IDENTITY_KINDS, RESTORE_POLICIES } from "@/lib/contracts/words";
import { AccountDialog } from "./account-dialog";
import { modelsWords } from "./account-list";
import { AccountTokens } from "./account-tokens";

/** One domain: what has to stand on its web server, and who came by it. */
export function AccountScreen({ id }: { id: string }) {
  const found = useQuery(accountDrivenQueries.detail(id));
  if (found.data !== undefined) return <Content configuration={found.data} />;
  if (found.error === null) return <SkeletonRows rows={6} label="Loading the domain" />;
  if (asProblem(found.error).status !== 404) return <ProblemNote error={found.error} onRetry={() => void found.refetch()} />;
  return <EmptyState icon={UserRoundX} title="There is no such domain">It may have been removed. Devices that came by it stay.</EmptyState>;
}

function Content({ configuration }: { configuration: AccountConfigurationDto }) {
  const [removing, setRemoving] = useState(false);
  const [changing, setChanging] = useState(false);
  const allowed = usePermission("link:write");
  const needs = allowed ? undefined : "Needs the role Operator";
  return (
    <>
      <BackLink href="/account-driven">Account-driven enrollment</BackLink>
      <PageHeader
        title={configuration.domain}
        intro={`${ACCOUNT_MODES[configuration.mode].label}. ${ACCOUNT_MODES[configuration.mode].meaning}`}
        actions={
          <>
            <Button disabled={!allowed} title={needs} onClick={() => setChanging(true)}>
              <Pencil aria-hidden />
              Change…
            </Button>
            <Button disabled={!allowed} title={needs} onClick={() => setRemoving(true)}>
              Remove…
            </Button>
          </>
        }
      />
      <div className="grid grid-cols-1 gap-4">
        <Discovery configuration={configuration} />
        <Card flush title="How it enrolls">
          <KeyValues items={rulesOf(configuration)} />
        </Card>
        <AccountTokens configurationId={configuration.id} />
        <LinkDevices linkId={configuration.linkId}>People enroll in Settings ▸ General ▸ VPN &amp; Device Management ▸ Sign in to Work or School Account.</LinkDevices>
      </div>
      <AccountDialog open={changing} onOpenChange={setChanging} configuration={configuration} onSaved={() => setChanging(false)} />
      <RemoveDialog configuration={configuration} open={removing} onOpenChange={setRemoving} />
    </>
  );
}

function Discovery({ configuration }: { configuration: AccountConfigurationDto }) {
  return (
    <Card title="How devices find this server">
      <div className="grid grid-cols-1 gap-3">
        <p className="text-ink-soft">
          Unless this address leads to this server by itself, have the web server of {configuration.domain} redirect it here, or answer what is below as <code>application/json</code>. Devices ask for it:
        </p>
        <Copyable text={configuration.discoveryUrl} what="discovery address" />
        <CodeBlock text={configuration.discoveryDocument} what="discovery document" />
      </div>
    </Card>
  );
}

function rulesOf(configuration: AccountConfigurationDto): KeyValue[] {
  const { group, restorePolicy } = configuration;
  return [
    { key: "Sign-in", value: ACCOUNT_METHODS[configuration.method].label },
    { key: "Models", value: modelsWords(configuration) },
    { key: "Devices join", value: group === null ? "no group" : <Link href={`/groups/${group.id}`} className="roomy inline-block rounded font-medium text-accent hover:underline">{group.name}</Link> },
    { key: "Admission", value: ADMISSION_RULES[configuration.admission].label },
    { key: "Restored from a backup", value: restorePolicy === null ? "as set for everybody" : RESTORE_POLICIES[restorePolicy].label },
    { key: "Identity", value: IDENTITY_KINDS[configuration.identity] },
    { key: "Rights", value: configuration.mode === "BYOD" ? "those of User Enrollment" : rightsWords(configuration.accessRights) },
  ];
}

function RemoveDialog({ configuration, open, onOpenChange }: { configuration: AccountConfigurationDto; open: boolean; onOpenChange: (open: boolean) => void }) {
  const router = useRouter();
  const remove = useDeleteAccountConfiguration();
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Remove ${configuration.domain}?`}
      description="Nobody enrolls by it afterwards, and what people got for signing in ends. Enrolled devices stay enrolled."
      error={remove.error}
      busy={remove.isPending}
      words="Remove domain"
      onConfirm={() => remove.mutate(configuration.id, { onSuccess: () => router.replace("/account-driven") })}
    />
  );
}
