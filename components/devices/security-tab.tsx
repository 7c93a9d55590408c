"use client";

import { SecretsCard } from "@/components/secrets/secrets-card";
import type { DeviceDto } from "@/lib/contracts/devices";
import { asRecord, groupNested } from "./device-facts";
import { FactGroups } from "./fact-groups";
import { Age } from "./inventory-table";
import { canAnswer } from "./lists-tab";
import { factOf } from "./newest-enrollment";

const SECTIONS = [
  { kind: "SecurityInfo", title: "Security" },
  { kind: "Restrictions", title: "Restrictions" },
] as const;

/** What is held in escrow for the device, what protects it, and what it is not allowed. */
export function SecurityTab({ device }: { device: DeviceDto }) {
  return (
    <div className="grid gap-6">
      <SecretsCard device={device} />
      {SECTIONS.filter(({ kind }) => factOf(device, kind) !== null || canAnswer(device, kind)).map((section) => (
        <Section key={section.kind} device={device} {...section} />
      ))}
    </div>
  );
}

function Section({ device, kind, title }: { device: DeviceDto; kind: string; title: string }) {
  const fact = factOf(device, kind);
  const answers = asRecord(asRecord(fact?.value)?.[kind] ?? fact?.value);
  return (
    <section className="grid gap-3" aria-label={title}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        <span className="flex items-center gap-2 text-xs text-ink-faint">
          <Age device={device} kind={kind} learnedAt={fact?.learnedAt ?? null} />
        </span>
      </div>
      {answers === null ? <p className="text-ink-faint">The device was not asked yet.</p> : <FactGroups groups={groupNested(title, answers)} />}
    </section>
  );
}
