"use client";

import { useQuery } from "@tanstack/react-query";
import { Apple, Plus } from "lucide-react";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Tabs } from "@/components/ui/tabs";
import { adeQueries } from "@/lib/client/queries/ade";
import { usePermission } from "@/lib/client/use-permission";
import { AdeAlerts } from "./ade-alerts";
import { AdeDeviceList } from "./ade-device-list";
import { ConfigurationList } from "./configuration-list";
import { ServerList } from "./server-list";
import { ServerWizard } from "./server-wizard";

/** Devices that Apple sends here when they are set up: the accounts, the configurations, and every device with its reason. */
export function AdePage() {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const [adding, setAdding] = useState(false);
  const mayAdd = usePermission("ade:write");
  const servers = useQuery(adeQueries.servers());
  const configurations = useQuery(adeQueries.configurations());
  const items = servers.data?.items ?? [];
  const add = (
    <Button look={servers.data?.items.length === 0 ? "primary" : "secondary"} disabled={!mayAdd} title={mayAdd ? undefined : "Needs the role Owner"} onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      Connect an account
    </Button>
  );
  const tabs = [
    { value: "devices", label: "Devices", content: servers.data === undefined ? <SkeletonRows rows={6} label="Loading servers" /> : items.length === 0 ? <NoServer action={add} /> : <AdeDeviceList servers={items} configurations={configurations.data?.items ?? []} /> },
    { value: "configurations", label: "Configurations", count: configurations.data?.items.length ?? null, content: <ConfigurationList query={configurations} /> },
    { value: "servers", label: "Accounts", count: servers.data === undefined ? null : items.length, content: items.length === 0 ? <NoServer action={add} /> : <ServerList servers={items} configurations={configurations.data?.items ?? []} /> },
  ];
  const wanted = search.get("tab") ?? "devices";
  const tab = tabs.some((each) => each.value === wanted) ? wanted : "devices";
  return (
    <>
      <PageHeader title="Automated enrollment" intro="Devices bought by your organization come here by themselves when they are set up (Automated Device Enrollment)." actions={add} />
      {servers.error !== null && servers.data === undefined && <ProblemNote error={servers.error} onRetry={() => void servers.refetch()} />}
      <AdeAlerts servers={items} />
      <Tabs label="Automated enrollment" value={tab} onChange={(value) => router.replace(value === "devices" ? pathname : `${pathname}?tab=${value}`, { scroll: false })} tabs={tabs} />
      <ServerWizard open={adding} onOpenChange={setAdding} server={null} />
    </>
  );
}

function NoServer({ action }: { action: React.ReactNode }) {
  return (
    <Card flush>
      <EmptyState icon={Apple} title="No account is connected" action={action}>
        Connect Apple Business Manager or Apple School Manager, and devices of your organization enroll when they are switched on for the first time.
      </EmptyState>
    </Card>
  );
}
