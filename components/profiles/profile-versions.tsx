"use client";

import { useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Tag } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Cell, HeadCell, Table } from "@/components/ui/table";
import { apiUrl } from "@/lib/client/call-api";
import { useChangeProfile } from "@/lib/client/mutations/profiles";
import { profileQueries } from "@/lib/client/queries/profiles";
import { usePermission } from "@/lib/client/use-permission";
import { API } from "@/lib/client/api";
import type { ProfileDto, ProfileVersionDto } from "@/lib/contracts/profiles";
import { lintWords } from "./lint-findings";
import { payloadWords } from "./profile-state";

/** Every version, newest first; devices get one of them. */
export function ProfileVersions({ profile }: { profile: ProfileDto }) {
  const { data, error, refetch } = useQuery(profileQueries.versions(profile.id));
  const [chosen, setChosen] = useState<ProfileVersionDto | null>(null);
  const change = useChangeProfile(profile.id);
  const done = (): void => {
    setChosen(null);
    toast("Devices get another version now");
  };
  if (error !== null && data === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  return (
    <Card flush title="Versions" aside={<span>A download holds the secrets and is noted in the audit log.</span>}>
      {data === undefined && <SkeletonRows rows={3} label="Loading the versions" />}
      {data !== undefined && (
        <Table label={`Versions of ${profile.name}`} head={HEAD}>
          {data.items.map((version) => (
            <Row key={version.id} profile={profile} version={version} onUse={() => setChosen(version)} />
          ))}
        </Table>
      )}
      <ConfirmDialog
        open={chosen !== null}
        onOpenChange={(open) => !open && setChosen(null)}
        title={`Give devices version ${chosen?.number ?? ""}?`}
        description="Devices that have another version get this one in its place as they connect."
        error={change.error}
        busy={change.isPending}
        words="Use this version"
        onConfirm={() => change.mutate({ version: chosen?.number }, { onSuccess: done })}
      />
    </Card>
  );
}

const HEAD = (
  <>
    <HeadCell>Version</HeadCell>
    <HeadCell className="hidden md:table-cell">Payloads</HeadCell>
    <HeadCell>Uploaded</HeadCell>
    <HeadCell className="hidden sm:table-cell">Lint</HeadCell>
    <HeadCell>
      <span className="sr-only">Actions</span>
    </HeadCell>
  </>
);

function Row({ profile, version, onUse }: { profile: ProfileDto; version: ProfileVersionDto; onUse: () => void }) {
  const mayRead = usePermission("secret:reveal");
  const mayWrite = usePermission("profile:write");
  const current = version.id === profile.current.id;
  return (
    <tr>
      <Cell className="whitespace-nowrap tabular-nums">
        {version.number} {current && <Tag title="Devices get this version.">in use</Tag>}
      </Cell>
      <Cell className="hidden max-w-64 truncate md:table-cell">{payloadWords(version.payloads) || "–"}</Cell>
      <Cell className="text-ink-soft">
        <RelativeTime at={version.createdAt} /> by {version.createdBy.replace(/^\w+:/, "")}
      </Cell>
      <Cell className="hidden whitespace-nowrap sm:table-cell">{lintWords(version.findings) ?? <span className="text-ink-faint">–</span>}</Cell>
      <Cell className="w-px">
        <span className="flex justify-end gap-2 whitespace-nowrap">
          {!current && (
            <Button size="small" disabled={!mayWrite} title={mayWrite ? undefined : "Needs the role Operator"} onClick={onUse}>
              Use
            </Button>
          )}
          {mayRead && (
            <Button asChild size="small-icon" look="quiet">
              <a href={apiUrl(API.downloadProfile, { id: profile.id, number: version.number }, {})} download aria-label={`Download version ${version.number}`} title="Download, with its secrets">
                <Download aria-hidden />
              </a>
            </Button>
          )}
        </span>
      </Cell>
    </tr>
  );
}
