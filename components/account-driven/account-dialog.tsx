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
import { useSaveAccountConfiguration } from "@/lib/client/mutations/account-driven";
import type { AccountConfigurationDto, CreateAccountConfigurationBody } from "@/lib/contracts/account-driven";
import { ACCOUNT_METHODS, ACCOUNT_MODES, ADMISSION_RULES, IDENTITY_KINDS, MODEL_FAMILIES, RESTORE_POLICIES, wordsOf, type ModelFamily } from "@/lib/contracts/words";
import { ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The one to be changed; null for a new one. */
  configuration: AccountConfigurationDto | null;
  onSaved: (saved: AccountConfigurationDto) => void;
}

export function AccountDialog({ open, onOpenChange, configuration, onSaved }: Props) {
  const title = configuration === null ? "Enroll by work account" : `Change ${configuration.domain}`;
  const description = configuration === null ? "For the people of one domain." : "It holds for whoever enrolls from now on; devices that are enrolled stay as they are.";
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description}>
      <AccountForm configuration={configuration} onSaved={onSaved} />
    </Dialog>
  );
}

const MODES = wordsOf(ACCOUNT_MODES).map((value) => ({ value, label: ACCOUNT_MODES[value].label }));
const METHODS = wordsOf(ACCOUNT_METHODS).map((value) => ({ value, label: ACCOUNT_METHODS[value].label }));

type Draft = Required<Omit<CreateAccountConfigurationBody, "restorePolicy" | "groupId">> & { restorePolicy: string; groupId: string; modelFamilies: ModelFamily[] };
const NEW: Draft = {
  domain: "", mode: "BYOD", method: "apple-as-web", modelFamilies: [], identity: "scep", admission: "open", restorePolicy: "", groupId: "", accessRights: ALL_ACCESS_RIGHTS, simulated: false,
};

function draftOf(known: AccountConfigurationDto): Draft {
  const { domain, mode, method, modelFamilies, identity, admission, restorePolicy, group, accessRights, simulated } = known;
  return { domain, mode, method, modelFamilies: [...modelFamilies], identity, admission, restorePolicy: restorePolicy ?? "", groupId: group?.id ?? "", accessRights, simulated };
}

const PLACES = ["/domain", "/mode", "/method", "/modelFamilies", "/identity", "/admission", "/restorePolicy", "/groupId", "/accessRights"];

function AccountForm({ configuration, onSaved }: Pick<Props, "configuration" | "onSaved">) {
  const [draft, setDraft] = useState<Draft>(configuration === null ? NEW : draftOf(configuration));
  const save = useSaveAccountConfiguration(configuration?.id ?? null);
  const problem = save.error === null ? null : asProblem(save.error);
  const at = (place: string): string | null => problem?.at(place) ?? null;
  const change = (part: Partial<Draft>): void => setDraft((known) => ({ ...known, ...part }));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const restorePolicy = draft.restorePolicy === "" ? null : chosen(RESTORE_POLICIES, draft.restorePolicy, "quarantine");
    save.mutate({ ...draft, restorePolicy, groupId: draft.groupId === "" ? null : draft.groupId }, { onSuccess: onSaved });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      {configuration === null && (
        <>
          <Field label="Domain" help="The part of their accounts after the “@”." error={at("/domain")}>
            {(control) => <TextInput {...control} value={draft.domain} onChange={(event) => change({ domain: event.target.value })} required autoFocus placeholder="example.org" autoComplete="off" spellCheck={false} />}
          </Field>
          <Choice label="Devices" value={draft.mode} options={MODES} help={ACCOUNT_MODES[draft.mode].meaning} error={at("/mode")} onChange={(mode) => change({ mode: chosen(ACCOUNT_MODES, mode, "BYOD") })} />
        </>
      )}
      <Choice label="Sign-in" value={draft.method} options={METHODS} help={ACCOUNT_METHODS[draft.method].meaning} error={at("/method")} onChange={(method) => change({ method: chosen(ACCOUNT_METHODS, method, "apple-as-web") })} />
      <GroupChoice value={draft.groupId} onChange={(groupId) => change({ groupId })} error={at("/groupId")} />
      <Rules draft={draft} change={change} at={at} />
      {problem !== null && !problem.isSaidAt(PLACES) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={save.isPending} className="justify-self-end">
        {configuration === null ? "Add domain" : "Save"}
      </Button>
    </form>
  );
}

/** What most domains do without, folded by subject. */
function Rules({ draft, change, at }: { draft: Draft; change: (part: Partial<Draft>) => void; at: (place: string) => string | null }) {
  const wrongModels = at("/modelFamilies");
  return (
    <div className="grid gap-2">
      <Folded title="Which models" open={wrongModels !== null}>
        <Models chosen={draft.modelFamilies} error={wrongModels} onChange={(modelFamilies) => change({ modelFamilies })} />
      </Folded>
      <Folded title="Who gets in, and how" open={at("/identity") !== null}>
        <Choice label="Admission" value={draft.admission} options={ADMISSION_CHOICES} help={ADMISSION_RULES[draft.admission].meaning} error={at("/admission")} onChange={(value) => change({ admission: chosen(ADMISSION_RULES, value, "open") })} />
        <Choice label="Restored from a backup" value={draft.restorePolicy} options={RESTORE_CHOICES} help="A device that comes back with an old backup." error={at("/restorePolicy")} onChange={(restorePolicy) => change({ restorePolicy })} />
        <Choice label="Identity" value={draft.identity} options={IDENTITY_CHOICES} help="How the device comes by its certificate." error={at("/identity")} onChange={(value) => change({ identity: chosen(IDENTITY_KINDS, value, "scep") })} />
      </Folded>
      {draft.mode === "ADDE" && (
        <Folded title="Rights on the device" open={at("/accessRights") !== null}>
          <AccessRightsField rights={draft.accessRights} onChange={(accessRights) => change({ accessRights })} />
        </Folded>
      )}
    </div>
  );
}

function Models({ chosen: ticked, error, onChange }: { chosen: readonly ModelFamily[]; error: string | null; onChange: (families: ModelFamily[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-2 text-xs text-ink-faint">None ticked: all of them.</legend>
      {error !== null && (
        <p role="alert" className="mb-2 text-xs font-medium text-bad">
          {error}
        </p>
      )}
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {wordsOf(MODEL_FAMILIES).map((family) => (
          <li key={family}>
            <label className="flex min-h-6 cursor-pointer items-center gap-2.5 text-sm">
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
