"use client";

import { useQuery } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import Link from "next/link";
import { BackLink } from "@/components/ui/back-link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Note } from "@/components/ui/note";
import { PageHeader } from "@/components/ui/page-header";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { linkQueries } from "@/lib/client/queries/enrollment-links";
import type { EnrollmentLinkDetail } from "@/lib/contracts/enrollment-links";
import { LINK_STATE_WORDS } from "@/lib/contracts/words";
import { LinkBadge } from "./link-badge";
import { LinkDevices } from "./link-devices";
import { LinkFunnelChart } from "./link-funnel";
import { LinkRules } from "./link-rules";
import { LinkShare } from "./link-share";
import { LinkTimeline } from "./link-timeline";
import { MailLink } from "./mail-link";
import { RevokeLink } from "./revoke-link";

/** One link: how to hand it out, how far people get by it, and what came of it. */
export function LinkScreen({ id }: { id: string }) {
  const link = useQuery(linkQueries.detail(id));
  if (link.data !== undefined) return <LinkContent link={link.data} />;
  if (link.error === null) return <SkeletonRows rows={6} label="Loading the link" />;
  return asProblem(link.error).status === 404 ? <NoSuchLink /> : <ProblemNote error={link.error} onRetry={() => void link.refetch()} />;
}

function LinkContent({ link }: { link: EnrollmentLinkDetail }) {
  return (
    <>
      <BackLink href="/enrollment-links">Enrollment links</BackLink>
      <PageHeader
        title={link.name}
        intro={
          <>
            Created <RelativeTime at={link.createdAt} /> by {link.createdBy.replace(/^\w+:/, "")}
          </>
        }
        actions={<LinkBadge state={link.state} />}
      />
      <div className="grid gap-4">
        <div className="grid items-start gap-4 xl:grid-cols-[1fr_22rem]">
          <Card title="Hand it out">
            <div className="grid gap-5">
              {link.state === "usable" ? <LinkShare link={link} /> : <Note tone="neutral">{LINK_STATE_WORDS[link.state].meaning}</Note>}
              {link.state === "usable" && link.mailable && (
                <div className="border-t border-line pt-4">
                  <MailLink id={link.id} />
                </div>
              )}
              {link.state !== "revoked" && (
                <div className="border-t border-line pt-4">
                  <RevokeLink id={link.id} />
                </div>
              )}
            </div>
          </Card>
          <Card title="How far people get">
            <LinkFunnelChart funnel={link.funnel} />
          </Card>
        </div>
        <Card flush title="What it makes of devices">
          <LinkRules link={link} />
        </Card>
        <LinkDevices linkId={link.id}>A device stands here as soon as it has introduced itself.</LinkDevices>
        <LinkTimeline linkId={link.id} />
      </div>
    </>
  );
}

function NoSuchLink() {
  return (
    <EmptyState
      icon={Link2}
      title="There is no such link"
      action={
        <Button asChild>
          <Link href="/enrollment-links">All links</Link>
        </Button>
      }
    >
      Perhaps its address was not copied as a whole.
    </EmptyState>
  );
}
