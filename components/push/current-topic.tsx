"use client";

import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Note } from "@/components/ui/note";
import { RelativeTime } from "@/components/ui/relative-time";
import { calendarDay } from "@/lib/client/format-time";
import { useNow } from "@/lib/client/use-now";
import type { PushCertificateList } from "@/lib/contracts/push-certificates";
import { validity } from "./certificate-validity";

/** What new devices get at present. */
export function CurrentTopic({ list }: { list: PushCertificateList }) {
  const now = useNow();
  const current = list.items.find((each) => each.topic === list.currentTopic && each.replacedAt === null);
  if (list.testTopic || current === undefined) {
    return (
      <Note tone="warning" title="The test topic is in use">
        <p>
          Without a push certificate new devices get the topic <code className="text-xs break-all">{list.currentTopic}</code>. It suits simulated devices: real ones enroll, but
          Apple cannot wake them, and they must enroll again once there is a certificate.
        </p>
      </Note>
    );
  }
  const { label, tone } = validity(current.notAfter, now);
  return (
    <Card flush title="In use" aside={<Badge tone={tone}>{label}</Badge>}>
      <KeyValues
        items={[
          { key: "Topic", value: <Copyable text={current.topic} what="topic" /> },
          { key: "Expires", value: <><RelativeTime at={current.notAfter} /> <span className="text-ink-faint">({calendarDay(Date.parse(current.notAfter))})</span></> },
          { key: "Devices that depend on it", value: current.enrollments.toLocaleString() },
          { key: "Apple Account", value: current.appleAccount ?? <span className="text-ink-faint">not noted</span> },
          { key: "Serial number", value: <Copyable text={current.serialNumber} what="serial number" /> },
        ]}
      />
    </Card>
  );
}
