"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { settingsQueries } from "@/lib/client/queries/settings";
import { SettingsForm } from "./settings-form";

/** What an owner can set for the whole server; the environment holds the rest. */
export function SettingsPage() {
  const { data, error, refetch } = useQuery(settingsQueries.all());
  return (
    <>
      <PageHeader title="Settings" intro="For the whole server. Addresses, keys and the database are set by its environment." />
      {error !== null && data === undefined && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Skeleton className="h-72 rounded-xl" /> : <Card title="Devices and commands"><SettingsForm settings={data} /></Card>}
    </>
  );
}
