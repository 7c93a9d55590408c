"use client";

import { useQuery } from "@tanstack/react-query";
import { FileCog, Trash2, Upload } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import { BackLink } from "@/components/ui/back-link";
import { toast } from "@/components/ui/toast";
import { AssignedGroups } from "@/components/groups/assigned-groups";
import { Button } from "@/components/ui/button";
import { Copyable } from "@/components/ui/copyable";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { Skeleton } from "@/components/ui/skeleton";
import { Tabs, type Tab } from "@/components/ui/tabs";
import { asProblem } from "@/lib/client/api-problem";
import { useAssignProfile } from "@/lib/client/mutations/profiles";
import { profileQueries } from "@/lib/client/queries/profiles";
import { usePermission } from "@/lib/client/use-permission";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { DeleteProfileDialog } from "./delete-profile-dialog";
import { ProfileDevices } from "./profile-devices";
import { ProfileOverview } from "./profile-overview";
import { ProfilePreview } from "./profile-preview";
import { ProfileVersions } from "./profile-versions";
import { UploadDialog } from "./upload-dialog";

/** One profile: what it is, who gets it, and where it stands. */
export function ProfileScreen({ id }: { id: string }) {
  const { data: profile, error, refetch } = useQuery(profileQueries.detail(id));
  if (profile !== undefined) return <Loaded profile={profile} />;
  if (error === null) return <ProfileSkeleton />;
  return ["not-found", "invalid-input"].includes(asProblem(error).code) ? <NoSuchProfile /> : <ProblemNote error={error} onRetry={() => void refetch()} />;
}

function Loaded({ profile }: { profile: ProfileDto }) {
  const search = useSearchParams();
  const router = useRouter();
  const pathname = usePathname();
  const tabs = tabsOf(profile);
  const open = tabs.find((tab) => tab.value === search.get("tab")) ?? tabs[0];
  return (
    <>
      <BackLink href="/profiles">Profiles</BackLink>
      <PageHeader
        title={profile.name}
        intro={
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <Copyable text={profile.identifier} what="identifier" />
            <span>version {profile.current.number}</span>
          </span>
        }
        actions={<Actions profile={profile} />}
      />
      <Tabs
        label="About this profile"
        tabs={tabs}
        value={open?.value ?? "overview"}
        onChange={(value) => router.replace(value === "overview" ? pathname : `${pathname}?tab=${value}`, { scroll: false })}
      />
    </>
  );
}

function tabsOf(profile: ProfileDto): Tab[] {
  const devices = Object.values(profile.states).reduce((sum, count) => sum + count, 0);
  return [
    { value: "overview", label: "Overview", content: <ProfileOverview profile={profile} /> },
    { value: "payloads", label: "Payloads", count: profile.current.payloads.length, content: <ProfilePreview key={profile.current.id} profile={profile} /> },
    { value: "assignment", label: "Assignment", count: profile.groupIds.length, content: <Assignment profile={profile} /> },
    { value: "devices", label: "Devices", count: devices, content: <ProfileDevices profile={profile} /> },
    { value: "versions", label: "Versions", content: <ProfileVersions profile={profile} /> },
  ];
}

function Actions({ profile }: { profile: ProfileDto }) {
  const [open, setOpen] = useState<"upload" | "delete" | null>(null);
  const allowed = usePermission("profile:write");
  const reason = allowed ? undefined : "Needs the role Operator";
  const saved = (next: ProfileDto): void => {
    setOpen(null);
    toast(next.current.id === profile.current.id ? "Nothing new: it is the same file" : `Version ${next.current.number} saved`);
  };
  return (
    <>
      <Button disabled={!allowed} title={reason} onClick={() => setOpen("upload")}>
        <Upload aria-hidden />
        Upload version
      </Button>
      <Button size="icon" aria-label="Delete profile" disabled={!allowed} title={reason ?? "Delete profile"} onClick={() => setOpen("delete")}>
        <Trash2 aria-hidden />
      </Button>
      <UploadDialog profile={profile} open={open === "upload"} onOpenChange={(next) => !next && setOpen(null)} onSaved={saved} />
      <DeleteProfileDialog profile={profile} open={open === "delete"} onOpenChange={(next) => !next && setOpen(null)} />
    </>
  );
}

function Assignment({ profile }: { profile: ProfileDto }) {
  const assign = useAssignProfile(profile.id);
  const allowed = usePermission("profile:write");
  const save = (groupIds: string[], done: () => void): void =>
    assign.mutate(
      { groupIds },
      {
        onSuccess: () => {
          done();
          toast("Assignment saved", { description: "Devices that should have it get it, and the others lose it." });
        },
      },
    );
  return <AssignedGroups title="Devices of these groups" help="On the channel of the device." saved={profile.groupIds} allowed={allowed} busy={assign.isPending} error={assign.error} onSave={save} />;
}

function NoSuchProfile() {
  return (
    <EmptyState
      icon={FileCog}
      title="There is no such profile"
      action={
        <Button asChild>
          <Link href="/profiles">All profiles</Link>
        </Button>
      }
    >
      It may have been deleted.
    </EmptyState>
  );
}

function ProfileSkeleton() {
  return (
    <div role="status" aria-label="Loading the profile">
      <Skeleton className="mt-7 mb-2 h-7 w-56" />
      <Skeleton className="mb-6 h-5 w-80" />
      <Skeleton className="mb-5 h-10 w-full" />
      <Skeleton className="h-72 w-full rounded-xl" />
    </div>
  );
}
