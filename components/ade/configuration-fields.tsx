"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { TextArea, TextInput } from "@/components/ui/inputs";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { ApiProblem } from "@/lib/client/api-problem";
import { groupQueries } from "@/lib/client/queries/groups";
import { wordsFromKey } from "@/lib/client/text";
import { ADE_ADMISSIONS, ADE_WEB_PAGES } from "@/lib/contracts/ade-words";
import { wordsOf } from "@/lib/contracts/words";
import { SKIP_ITEMS } from "@/lib/protocol/ade/skip-items";
import { MINIMUM_PLATFORMS, TOGGLES, type ConfigurationDraft } from "./configuration-draft";

interface Props {
  draft: ConfigurationDraft;
  change: (part: Partial<ConfigurationDraft>) => void;
  problem: ApiProblem | null;
}

const ADMISSION_OPTIONS = wordsOf(ADE_ADMISSIONS).map((value) => ({ value, label: ADE_ADMISSIONS[value].label }));
const PAGE_OPTIONS = wordsOf(ADE_WEB_PAGES).map((value) => ({ value, label: ADE_WEB_PAGES[value].label }));

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-3 text-sm font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}

/** Name, who is let in, which system is needed, which group. */
export function AdmissionFields({ draft, change, problem }: Props) {
  const groups = useQuery(groupQueries.choices());
  const groupOptions = [{ value: "", label: "No group" }, ...(groups.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))];
  const serialsProblem = problem?.errors.find((error) => error.pointer.startsWith("/serials"))?.detail;
  return (
    <Part title="Who enrolls">
      <Field label="Name" error={problem?.at("/name")}>
        {(control) => <TextInput {...control} value={draft.name} onChange={(event) => change({ name: event.target.value })} required maxLength={100} autoComplete="off" placeholder="Classroom iPads" />}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Let in" help={ADE_ADMISSIONS[draft.admission].meaning} error={problem?.at("/admission")}>
          {(control) => (
            <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={draft.admission} options={ADMISSION_OPTIONS} onChange={(value) => change({ admission: wordsOf(ADE_ADMISSIONS).find((each) => each === value) ?? draft.admission })} />
          )}
        </Field>
        <Field label="Group" help="Devices that enroll join it." error={problem?.at("/groupId")}>
          {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={draft.groupId} options={groupOptions} onChange={(groupId) => change({ groupId })} />}
        </Field>
      </div>
      {draft.admission === "allow-list" && (
        <Field label="Serial numbers" help="One a line." error={serialsProblem ?? null}>
          {(control) => <TextArea {...control} value={draft.serials} onChange={(event) => change({ serials: event.target.value })} className="font-mono text-[13px]" spellCheck={false} />}
        </Field>
      )}
      <div className="grid gap-4 sm:grid-cols-3">
        {MINIMUM_PLATFORMS.map((platform) => (
          <Field key={platform} label={`${platform} at least`} optional error={problem?.errors.find((error) => error.pointer.startsWith(`/minimumOs/${platform}`))?.detail ?? null}>
            {(control) => <TextInput {...control} value={draft.minimumOs[platform]} onChange={(event) => change({ minimumOs: { ...draft.minimumOs, [platform]: event.target.value } })} placeholder="Any" inputMode="decimal" autoComplete="off" />}
          </Field>
        ))}
      </div>
      <p className="text-xs text-ink-faint">A device below the minimum updates first, in Setup Assistant, from iOS 17 and macOS 14 on. Choose versions that its model can reach.</p>
    </Part>
  );
}

/** What Setup Assistant does. */
export function SetupFields({ draft, change, problem }: Props) {
  return (
    <Part title="During setup">
      <Field label="Page before the profile" help={ADE_WEB_PAGES[draft.webPage].meaning} error={problem?.at("/webPage")}>
        {(control) => (
          <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full sm:max-w-80" value={draft.webPage} options={PAGE_OPTIONS} onChange={(value) => change({ webPage: wordsOf(ADE_WEB_PAGES).find((each) => each === value) ?? draft.webPage })} />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        {TOGGLES.map(({ key, label, help }) => (
          <Switch key={key} checked={draft[key]} onChange={(checked) => change({ [key]: checked })} label={label} help={help} />
        ))}
      </div>
      {draft.autoAdvanceSetup && (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Language" error={problem?.at("/language")}>
            {(control) => <TextInput {...control} value={draft.language} onChange={(event) => change({ language: event.target.value.trim() })} placeholder="en" />}
          </Field>
          <Field label="Region" error={problem?.at("/region")}>
            {(control) => <TextInput {...control} value={draft.region} onChange={(event) => change({ region: event.target.value.trim().toUpperCase() })} placeholder="US" />}
          </Field>
        </div>
      )}
    </Part>
  );
}

/** Panes to leave out. */
export function PaneFields({ draft, change }: Props) {
  const skipped = new Set(draft.skipSetupItems);
  const toggle = (item: string): void => change({ skipSetupItems: skipped.has(item) ? draft.skipSetupItems.filter((each) => each !== item) : [...draft.skipSetupItems, item] });
  const others = draft.skipSetupItems.filter((item) => !SKIP_ITEMS.some((known) => known === item));
  return (
    <details className="rounded-lg border border-line">
      <summary className="cursor-pointer px-3 py-2.5 text-sm font-semibold">
        Panes left out <span className="font-normal text-ink-soft">({skipped.size})</span>
      </summary>
      <div className="grid gap-x-4 gap-y-1 border-t border-line p-3 sm:grid-cols-3">
        {[...SKIP_ITEMS, ...others].map((item) => (
          <label key={item} className="flex min-h-7 items-center gap-2">
            <input type="checkbox" className="size-4 accent-(--accent)" checked={skipped.has(item)} onChange={() => toggle(item)} />
            {wordsFromKey(item)}
          </label>
        ))}
      </div>
    </details>
  );
}

/** Whom the person may ask. */
export function SupportFields({ draft, change, problem }: Props) {
  return (
    <Part title="Shown to the person">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Department" optional error={problem?.at("/department")}>
          {(control) => <TextInput {...control} value={draft.department} onChange={(event) => change({ department: event.target.value })} maxLength={125} />}
        </Field>
        <Field label="Support phone" optional error={problem?.at("/supportPhoneNumber")}>
          {(control) => <TextInput {...control} value={draft.supportPhoneNumber} onChange={(event) => change({ supportPhoneNumber: event.target.value })} maxLength={50} type="tel" />}
        </Field>
        <Field label="Support e-mail" optional error={problem?.at("/supportEmailAddress")}>
          {(control) => <TextInput {...control} value={draft.supportEmailAddress} onChange={(event) => change({ supportEmailAddress: event.target.value })} maxLength={250} type="email" />}
        </Field>
      </div>
    </Part>
  );
}
