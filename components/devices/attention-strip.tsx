"use client";

import type { ReactNode } from "react";
import { Note } from "@/components/ui/note";
import { RelativeTime } from "@/components/ui/relative-time";
import { useNow } from "@/lib/client/use-now";
import type { DeviceDto } from "@/lib/contracts/devices";
import { ENROLLMENT_STATES, TERMINATION_METHODS, type Tone } from "@/lib/contracts/words";
import { newestEnrollment } from "./newest-enrollment";

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
const WAITING_LONG_MS = 15 * 60 * 1000;
const SKEW_LIMIT_SECONDS = 300;

interface Matter {
  key: string;
  tone: Tone;
  title: string;
  words: ReactNode;
}

/** What somebody should look at on this device; nothing when all is well. */
export function AttentionStrip({ device }: { device: DeviceDto }) {
  const now = useNow();
  const matters = mattersOf(device, now);
  if (matters.length === 0) return null;
  return (
    <div className="mb-5 grid gap-2">
      {matters.map((matter) => (
        <Note key={matter.key} tone={matter.tone} title={matter.title}>
          {matter.words}
        </Note>
      ))}
    </div>
  );
}

function mattersOf(device: DeviceDto, now: number): Matter[] {
  const enrollment = newestEnrollment(device);
  if (enrollment === null || enrollment.endedAt !== null) return [];
  const matters: Matter[] = [];
  const { termination, identity, push } = enrollment;
  if (termination !== null) {
    const words = (
      <>
        {TERMINATION_METHODS[termination.method].meaning} Asked for by {termination.requestedBy} <RelativeTime at={termination.requestedAt} />.
      </>
    );
    matters.push({ key: "termination", tone: "warning", title: "Management is being ended", words });
  }
  if (enrollment.state === "quarantined") {
    matters.push({ key: "quarantine", tone: "warning", title: ENROLLMENT_STATES.quarantined.label, words: ENROLLMENT_STATES.quarantined.meaning });
  }
  if (enrollment.state === "authenticating" && now - Date.parse(enrollment.authenticatedAt) > WAITING_LONG_MS) {
    matters.push({ key: "no-token", tone: "warning", title: "The enrollment has stalled", words: "The device introduced itself but never sent a push token. It may have lost its network, or a restore left it half enrolled." });
  }
  if (push.tokenDeadAt !== null) {
    matters.push({ key: "token", tone: "bad", title: "It cannot be woken", words: <>Apple called the push token dead <RelativeTime at={push.tokenDeadAt} />. Commands wait until the device connects by itself.</> });
  }
  if (identity !== null && Date.parse(identity.notAfter) - now < MONTH_MS) {
    matters.push({ key: "identity", tone: "warning", title: "The identity certificate ends soon", words: <>It ends <RelativeTime at={identity.notAfter} />. Enroll the device again before that.</> });
  }
  if (enrollment.clockSkewSeconds !== null && Math.abs(enrollment.clockSkewSeconds) > SKEW_LIMIT_SECONDS) {
    matters.push({ key: "clock", tone: "warning", title: "The device's clock is wrong", words: `It is ${Math.abs(enrollment.clockSkewSeconds).toLocaleString()} seconds ${enrollment.clockSkewSeconds > 0 ? "ahead" : "behind"}. Certificates may seem not yet valid or ended to it.` });
  }
  return matters;
}
