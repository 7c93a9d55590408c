"use client";

import { useState, type FormEvent } from "react";
import { AccessRightsField } from "@/components/enrollment/access-rights-field";
import { GroupChoice } from "@/components/enrollment/group-choice";
import { ADMISSION_CHOICES, chosen, IDENTITY_CHOICES, RESTORE_CHOICES } from "@/components/enrollment/link-choices";
import { Choice, Folded } from "@/components/enrollment/link-more-fields";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useCreateAccountConfiguration } from "@/lib/client/mutations/account-driven";
import type { AccountConfigurationDto, CreateAccountConfigurationBody } from "@/lib/contracts/account-driven";
import { ACCOUNT_METHODS, ACCOUNT_MODES, ADMISSION_RULES, IDENTITY_KINDS, MODEL_FAMILIES, RESTORE_POLICIES, wordsOf, type ModelFamily } from "@/lib/contracts/words";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (made: AccountConfigurationDto) => void;
}

export function CreateAccountDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Enroll by work account" description="For the people of one domain.">
      <CreateForm onCreated={onCreated} />
    </Dialog>
  );
}

const MODES = wordsOf(ACCOUNT_MODES).map((value) => ({ value, label: ACCOUNT_MODES[value].label }));
const METHODS = wordsOf(ACCOUNT_METHODS).map((value) => ({ value, label: ACCOUNT_METHODS[value].label }));

type Draft = Required<Omit<CreateAccountConfigurationBody, "restorePolicy" | "groupId">> & { restorePolicy: string; groupId: string; modelFamilies: ModelFamily[] };
const NEW: Draft = {
  domain: "", mode: "BYOD", method: "apple-as-web", modelFamilies: [], identity: "scep", admission: "open", restorePolicy: "", groupId: "", accessRights: ALL_ACCESS_RIGHTS, simulated: false,
};

function CreateForm({ onCreated }: { onCreated: (made: AccountConfigurationDto) => void }) {
  const [draft, setDraft] = useState<Draft>(NEW);
  const create = useCreateAccountConfiguration();
  const problem = create.error === null ? null : asProblem(create.error);
  const change = (part: Partial<Draft>): void => setDraft((known) => ({ ...known, ...part }));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const restorePolicy = draft.restorePolicy === "" ? null : chosen(RESTORE_POLICIES, draft.restorePolicy, "quarantine");
    create.mutate({ ...draft, restorePolicy, groupId: draft.groupId === "" ? null : draft.groupId }, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Domain" help="The part of their accounts after the “@”." error={problem?.at("/domain")}>
        {(control) => <TextInput {...control} value={draft.domain} onChange={(event) => change({ domain: event.target.value })} required autoFocus placeholder="example.org" autoComplete="off" spellCheck={false} />}
      </Field>
      <Choice label="Devices" value={draft.mode} options={MODES} help={ACCOUNT_MODES[draft.mode].meaning} error={problem?.at("/mode")} onChange={(mode) => change({ mode: chosen(ACCOUNT_MODES, mode, "BYOD") })} />
      <Choice label="Sign-in" value={draft.method} options={METHODS} help={ACCOUNT_METHODS[draft.method].meaning} onChange={(method) => change({ method: chosen(ACCOUNT_METHODS, method, "apple-as-web") })} />
      <GroupChoice value={draft.groupId} onChange={(groupId) => change({ groupId })} error={problem?.at("/groupId")} />
      <div className="grid gap-2">
        <Folded title="Which models" open={false}>
          <Models chosen={draft.modelFamilies} onChange={(modelFamilies) => change({ modelFamilies })} />
        </Folded>
        <Folded title="Who gets in, and how" open={false}>
          <Choice label="Admission" value={draft.admission} options={ADMISSION_CHOICES} help={ADMISSION_RULES[draft.admission].meaning} onChange={(value) => change({ admission: chosen(ADMISSION_RULES, value, "open") })} />
          <Choice label="Restored from a backup" value={draft.restorePolicy} options={RESTORE_CHOICES} help="A device that comes back with an old backup." onChange={(restorePolicy) => change({ restorePolicy })} />
          <Choice label="Identity" value={draft.identity} options={IDENTITY_CHOICES} help="How the device comes by its certificate." onChange={(value) => change({ identity: chosen(IDENTITY_KINDS, value, "scep") })} />
        </Folded>
        {draft.mode === "ADDE" && (
          <Folded title="Rights on the device" open={false}>
            <AccessRightsField rights={draft.accessRights} onChange={(accessRights) => change({ accessRights })} />
          </Folded>
        )}
      </div>
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Add domain
      </Button>
    </form>
  );
}

function Models({ chosen: ticked, onChange }: { chosen: readonly ModelFamily[]; onChange: (families: ModelFamily[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-2 text-xs text-ink-faint">None ticked: all of them.</legend>
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {wordsOf(MODEL_FAMILIES).map((family) => (
          <li key={family}>
            <label className="flex cursor-pointer items-center gap-2.5 text-sm">
              <input
                type="checkbox" className="size-4 accent-(--accent)" checked={ticked.includes(family)}
                onChange={() => onChange(ticked.includes(family) ? ticked.filter((each) => each !== family) : [...ticked, family])}
              />
              {MODEL_FAMILIES[family]}
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
