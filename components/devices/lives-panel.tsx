"use client";

import Link from "next/link";
import { identityFacts } from "@/components/identities/identity-facts";
import { Tag } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { EnrollmentDto } from "@/lib/contracts/devices";
import { END_CAUSES, TERMINATION_METHODS, TERMINATION_PROGRESS } from "@/lib/contracts/words";
import { EnrollmentBadge } from "./enrollment-badge";

/** Lives of management that a device has had, newest first. */
export function LivesPanel({ deviceId, enrollments }: { deviceId: string; enrollments: readonly EnrollmentDto[] }) {
  if (enrollments.length === 0) return <p className="text-ink-soft">This device has not been managed yet.</p>;
  return (
    <div className="grid gap-4">
      {enrollments.map((enrollment) => (
        <Card key={enrollment.id} flush title={<LifeTitle enrollment={enrollment} />} aside={<EnrollmentBadge {...enrollment} />}>
          <KeyValues items={lifeFacts(deviceId, enrollment)} />
        </Card>
      ))}
    </div>
  );
}

function LifeTitle({ enrollment }: { enrollment: EnrollmentDto }) {
  return (
    <span className="flex items-center gap-2">
      Enrollment {enrollment.life}
      {enrollment.channel === "user" && <Tag>user channel</Tag>}
    </span>
  );
}

function lifeFacts(deviceId: string, enrollment: EnrollmentDto): KeyValue[] {
  const { identity, termination, link } = enrollment;
  const facts: (KeyValue | null)[] = [
    { key: "Introduced itself", value: <RelativeTime at={enrollment.authenticatedAt} /> },
    { key: "Enrolled", value: enrollment.enrolledAt === null ? "not completed" : <RelativeTime at={enrollment.enrolledAt} /> },
    { key: "Last contact", value: enrollment.lastSeenAt === null ? "never" : <RelativeTime at={enrollment.lastSeenAt} /> },
    enrollment.endedAt === null ? null : { key: "Ended", value: <RelativeTime at={enrollment.endedAt} /> },
    enrollment.endedCause === null ? null : { key: "Cause", value: END_CAUSES[enrollment.endedCause].meaning },
    termination === null
      ? null
      : {
          key: "Termination",
          value: (
            <>
              {TERMINATION_METHODS[termination.method].label}, asked for by {termination.requestedBy} <RelativeTime at={termination.requestedAt} />. {TERMINATION_PROGRESS[termination.progress].meaning}
            </>
          ),
        },
    { key: "Link", value: link === null ? "–" : <FactLink href={`/enrollment-links/${link.id}`}>{link.name}</FactLink> },
    { key: "Commands", value: <FactLink href={`/devices/${deviceId}?tab=commands&channel=${enrollment.id}`}>Those of this enrollment</FactLink> },
    { key: "Channel key", value: <Copyable text={enrollment.channelKey} what="channel key" /> },
    enrollment.clockSkewSeconds === null ? null : { key: "Clock of the device", value: skewWords(enrollment.clockSkewSeconds) },
    ...(identity === null ? [{ key: "Identity certificate", value: "none bound" }] : identityFacts(identity)),
  ];
  return facts.filter((fact) => fact !== null);
}

function FactLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="roomy inline-block rounded text-accent underline-offset-2 hover:underline">
      {children}
    </Link>
  );
}

/** Positive: the device is ahead of the server. */
export function skewWords(seconds: number): string {
  if (Math.abs(seconds) < 5) return "agrees with the server";
  return `${Math.abs(seconds).toLocaleString()} s ${seconds > 0 ? "ahead of" : "behind"} the server`;
}
