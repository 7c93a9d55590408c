import type { ReactNode } from "react";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues, type KeyValue } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import type { DevicePushDto } from "@/lib/contracts/device-push";
import { PUSH_REASONS } from "@/lib/contracts/words";

/** Everything that has to be right before a device wakes up. */
export function PushFacts({ push }: { push: DevicePushDto }) {
  const facts: KeyValue[] = [
    { key: "Topic of the device", value: push.topic === null ? "–" : <Copyable text={push.topic} what="push topic" /> },
    { key: "Topic of its profile", value: profileTopic(push) },
    { key: "Push certificate", value: certificate(push) },
    { key: "Token and magic", value: token(push), title: "Token and PushMagic of the last TokenUpdate" },
    { key: "Last contact", value: time(push.lastContactAt, "never") },
    { key: "First asked for commands", value: time(push.firstContactAt, "not yet") },
    { key: "Unanswered pushes", value: push.pushesUnanswered },
    { key: "Open commands", value: push.openCommands },
    { key: "Next push", value: nextPush(push) },
  ];
  return <KeyValues items={facts} />;
}

function profileTopic({ topic, profileTopic: of }: DevicePushDto): ReactNode {
  if (of === null) return "not known";
  return of === topic ? "the same" : <Copyable text={of} what="topic of the profile" />;
}

function certificate({ certificate: of, testTopic }: DevicePushDto): ReactNode {
  if (testTopic) return "none: the test topic does not exist at Apple";
  if (of === null) return "none for this topic";
  return <>for this topic; ends <RelativeTime at={of.expiresAt} /></>;
}

function token({ hasToken, tokenUpdatedAt, tokenDeadAt }: DevicePushDto): ReactNode {
  if (!hasToken || tokenUpdatedAt === null) return "none yet";
  return (
    <>
      told <RelativeTime at={tokenUpdatedAt} />
      {tokenDeadAt !== null && <span className="text-bad">; called dead <RelativeTime at={tokenDeadAt} /></span>}
    </>
  );
}

function nextPush({ nextPush: next }: DevicePushDto): ReactNode {
  if (next === null) return "none planned";
  return <><RelativeTime at={next.at} />, {PUSH_REASONS[next.reason]}</>;
}

function time(at: string | null, otherwise: string): ReactNode {
  return at === null ? otherwise : <RelativeTime at={at} />;
}
