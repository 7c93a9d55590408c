"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileCog, Upload } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { PagedList } from "@/components/ui/paged-list";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { profileQueries } from "@/lib/client/queries/profiles";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { ProfileDto } from "@/lib/contracts/profiles";
import { hasErrors, lintWords } from "./lint-findings";
import { payloadWords, StateCounts } from "./profile-state";
import { UploadDialog } from "./upload-dialog";

/** The library of configuration profiles. */
export function ProfileList() {
  const [uploading, setUploading] = useState(false);
  const router = useRouter();
  const allowed = usePermission("profile:write");
  const list = useInfiniteQuery(profileQueries.list());
  const upload = (
    <Button look="primary" disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} onClick={() => setUploading(true)}>
      <Upload aria-hidden />
      Upload profile
    </Button>
  );
  return (
    <>
      <PageHeader title="Profiles" intro="Configuration profiles for the devices of your groups. What a device has is compared with its own list." actions={upload} />
      <PagedList
        list={list}
        loading="Loading profiles"
        empty={
          <EmptyState icon={FileCog} title="No profile yet" action={upload}>
            Upload a .mobileconfig file, look at what lint says of it, and assign it to a group.
          </EmptyState>
        }
      >
        {(profiles) => <ProfileTable profiles={profiles} />}
      </PagedList>
      <UploadDialog open={uploading} onOpenChange={setUploading} onSaved={(profile) => router.push(`/profiles/${profile.id}`)} />
    </>
  );
}

const HEAD = (
  <>
    <HeadCell>Profile</HeadCell>
    <HeadCell className="hidden md:table-cell">Payloads</HeadCell>
    <HeadCell className="hidden lg:table-cell">Version</HeadCell>
    <HeadCell className="hidden sm:table-cell">Assigned to</HeadCell>
    <HeadCell>Devices</HeadCell>
  </>
);

function ProfileTable({ profiles }: { profiles: readonly ProfileDto[] }) {
  return (
    <Table label="Profiles" head={HEAD}>
      {profiles.map((profile) => (
        <tr key={profile.id} className="relative hover:bg-hover">
          <Cell className="max-w-80 max-sm:max-w-48">
            <Link href={`/profiles/${profile.id}`} className="roomy block truncate font-medium after:absolute after:inset-0">
              {profile.name}
            </Link>
            <code className="block truncate text-xs text-ink-faint">{profile.identifier}</code>
            <LintBadge profile={profile} />
          </Cell>
          <Cell className="hidden max-w-64 md:table-cell">
            <span className="line-clamp-2">{payloadWords(profile.current.payloads) || "–"}</span>
          </Cell>
          <Cell className="hidden tabular-nums lg:table-cell">{profile.current.number}</Cell>
          <Cell className="hidden whitespace-nowrap sm:table-cell">
            {profile.groupIds.length === 0 ? <span className="text-ink-faint">nobody</span> : counted(profile.groupIds.length, "group")}
          </Cell>
          <Cell>
            <StateCounts states={profile.states} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** Only errors keep it from its devices; the rest stands on its page. */
function LintBadge({ profile: { current } }: { profile: ProfileDto }) {
  if (!hasErrors(current.findings)) return null;
  return (
    <span className="mt-1 block">
      <Badge tone="bad" title="It reaches no device while it has errors.">
        {lintWords(current.findings)}
      </Badge>
    </span>
  );
}
