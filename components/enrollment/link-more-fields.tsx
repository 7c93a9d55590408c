import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { TextArea } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import type { ApiProblem } from "@/lib/client/api-problem";
import { ADMISSION_RULES, LINK_KINDS, RESTORE_POLICIES } from "@/lib/contracts/words";
import { AccessRightsField } from "./access-rights-field";
import { ADMISSION_CHOICES, chosen, IDENTITY_CHOICES, RESTORE_CHOICES } from "./link-choices";
import { serialsIn, type LinkDraft } from "./link-draft";

interface Props {
  draft: LinkDraft;
  onChange: (part: Partial<LinkDraft>) => void;
  problem: ApiProblem | null;
}

const KIND_CHOICES = [
  { value: "profile", label: LINK_KINDS.profile.label },
  { value: "ota", label: LINK_KINDS.ota.label },
];

/** What most links do without, folded by subject. */
export function LinkMoreFields({ draft, onChange, problem }: Props) {
  return (
    <div className="grid gap-2">
      <WhoFields draft={draft} onChange={onChange} problem={problem} />
      <HowFields draft={draft} onChange={onChange} problem={problem} />
      <Folded title="Rights on the device" open={problem?.at("/accessRights") != null}>
        <AccessRightsField rights={draft.accessRights} onChange={(accessRights) => onChange({ accessRights })} />
      </Folded>
    </div>
  );
}

function WhoFields({ draft, onChange, problem }: Props) {
  const serialProblem = serialsIn(draft.serials).flatMap((serial, index) => {
    const detail = problem?.at(`/serials/${index}`) ?? null;
    return detail === null ? [] : [`${serial} ${detail}`];
  });
  return (
    <Folded title="Who gets in" open={serialProblem.length > 0}>
      <Field label="Only these serial numbers" optional error={serialProblem[0] ?? problem?.at("/serials")} help="One a line. Any other device is refused.">
        {(control) => <TextArea {...control} className="font-mono text-xs" rows={3} value={draft.serials} onChange={(event) => onChange({ serials: event.target.value })} spellCheck={false} />}
      </Field>
      <Choice label="Admission" value={draft.admission} options={ADMISSION_CHOICES} help={ADMISSION_RULES[chosen(ADMISSION_RULES, draft.admission, "open")].meaning} onChange={(admission) => onChange({ admission })} />
      <Choice
        label="Restored from a backup" value={draft.restorePolicy} options={RESTORE_CHOICES} onChange={(restorePolicy) => onChange({ restorePolicy })}
        help={draft.restorePolicy === "" ? "Follows the setting of the server." : RESTORE_POLICIES[chosen(RESTORE_POLICIES, draft.restorePolicy, "quarantine")].meaning}
      />
    </Folded>
  );
}

function HowFields({ draft, onChange, problem }: Props) {
  return (
    <Folded title="How it enrolls" open={problem?.at("/identity") != null || problem?.at("/reusableProfile") != null}>
      <Choice label="Way in" value={draft.kind} options={KIND_CHOICES} help={LINK_KINDS[draft.kind].meaning} onChange={(kind) => onChange(kind === "ota" ? { kind, reusable: false } : { kind: "profile" })} />
      <Choice label="Identity" value={draft.identity} options={IDENTITY_CHOICES} help="How the device comes by its certificate." error={problem?.at("/identity")} onChange={(identity) => onChange({ identity })} />
      {draft.kind === "profile" && (
        <Switch checked={draft.reusable} onChange={(reusable) => onChange({ reusable })} label="Reusable profile" help="One downloaded file enrolls many devices, for example from a USB stick or with Apple Configurator." />
      )}
      {draft.reusable && (
        <Note tone="warning" title="This weakens the link">
          Normally each download carries a challenge that works for one device, once. Here the challenge is shared: anybody who gets hold of the file can enroll until the uses are gone or the link ends. Keep the number small.
        </Note>
      )}
      <Switch checked={draft.simulated} onChange={(simulated) => onChange({ simulated })} label="For simulated devices" help="Devices enrolled through it are marked and get the test topic. Not for real hardware." />
    </Folded>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  help: string;
  error?: string | null | undefined;
  onChange: (value: string) => void;
}

export function Choice({ label, value, options, help, error, onChange }: ChoiceProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={value} options={options} onChange={onChange} />}
    </Field>
  );
}

export function Folded({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details open={open || undefined} className="rounded-lg border border-line">
      <summary className="cursor-pointer rounded-lg px-3.5 py-2.5 text-sm font-medium hover:bg-hover">{title}</summary>
      <div className="grid gap-4 px-3.5 pt-2 pb-4">{children}</div>
    </details>
  );
}
