"use client";

import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { Note } from "@/components/ui/note";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DeviceDto, EnrollmentDto } from "@/lib/contracts/devices";
import { newestEnrollment } from "./newest-enrollment";
import { PushNow } from "./push-now";

type Push = EnrollmentDto["push"];

/** What stands between this server and waking the device. */
export function PushPanel({ device }: { device: DeviceDto }) {
  const enrollment = newestEnrollment(device);
  if (enrollment === null) return <p className="text-ink-soft">This device has never enrolled, so there is nothing to push to.</p>;
  const { push } = enrollment;
  const ended = enrollment.endedAt !== null;
  return (
    <div className="grid gap-4">
      {push.testTopic && (
        <Note tone={device.simulated ? "neutral" : "warning"} title="Test topic">
          {device.simulated
            ? "Pushes to a simulated device never reach Apple; the simulator hears of them from this server."
            : "This device enrolled while there was no push certificate. Apple cannot wake it; it must enroll again once there is one."}
        </Note>
      )}
      {push.tokenDeadAt !== null && (
        <Note tone="bad" title="Apple says this token is dead">
          The device was erased, enrolled elsewhere, or its profile is gone. Nothing is pushed until it sends a new token.
        </Note>
      )}
      <Card title="Push" flush aside={<PushNow deviceId={device.id} disabled={ended || !push.hasToken} />}>
        <KeyValues items={pushFacts(push)} />
      </Card>
    </div>
  );
}

function pushFacts(push: Push): KeyValue[] {
  return [
    { key: "Topic", value: <Copyable text={push.topic} what="push topic" /> },
    {
      key: "Push token",
      value: push.hasToken && push.tokenUpdatedAt !== null ? <>held, told <RelativeTime at={push.tokenUpdatedAt} /></> : push.hasToken ? "held" : "none yet",
    },
    { key: "Last push", value: push.lastPushAt === null ? "never" : <RelativeTime at={push.lastPushAt} /> },
    { key: "Apple's answer", value: answerOf(push) },
    { key: "apns-id", value: push.lastPushId === null ? "–" : <Copyable text={push.lastPushId} what="apns-id" /> },
    { key: "Unanswered pushes", value: push.pushesUnanswered },
    { key: "Next push", value: push.nextPushAt === null ? "none planned" : <RelativeTime at={push.nextPushAt} /> },
  ];
}

function answerOf(push: Push): string {
  if (push.testTopic) return "not asked: the test topic does not exist at Apple";
  if (push.lastPushStatus === null) return push.lastPushReason ?? "–";
  if (push.lastPushStatus === 200) return "200: accepted";
  return push.lastPushReason === null ? String(push.lastPushStatus) : `${push.lastPushStatus}: ${push.lastPushReason}`;
}
