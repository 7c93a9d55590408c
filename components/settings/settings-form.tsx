"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { asProblem } from "@/lib/client/api-problem";
import { useChangeSettings } from "@/lib/client/mutations/settings";
import { usePermission } from "@/lib/client/use-permission";
import { RESTORE_SETTINGS, USER_AUTHENTICATE, type Settings } from "@/lib/contracts/settings";
import { wordsOf } from "@/lib/contracts/words";

const RESTORES = wordsOf(RESTORE_SETTINGS).map((value) => ({ value, label: RESTORE_SETTINGS[value].label }));
const CHOICES = wordsOf(USER_AUTHENTICATE).map((value) => ({ value, label: USER_AUTHENTICATE[value].label }));

export function SettingsForm({ settings }: { settings: Settings }) {
  const allowed = usePermission("settings:write");
  const [users, setUsers] = useState(settings.userAuthenticate);
  const [returns, setReturns] = useState(settings.returnToService);
  const [restores, setRestores] = useState(settings.restorePolicy);
  const change = useChangeSettings();
  const problem = change.error === null ? null : asProblem(change.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const numbers = { retentionDays: Number(form.get("retentionDays")), exchangeDays: Number(form.get("exchangeDays")), terminationsPerHour: Number(form.get("terminationsPerHour")) };
    change.mutate({ userAuthenticate: users, returnToService: returns, restorePolicy: restores, ...numbers }, { onSuccess: () => toast.success("Settings saved") });
  };
  return (
    <form onSubmit={onSubmit} className="grid max-w-xl gap-6">
      <Field label="Network users of a Mac" help={USER_AUTHENTICATE[users].meaning} error={problem?.at("/userAuthenticate")}>
        {(control) => (
          <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" disabled={!allowed} value={users} options={CHOICES} onChange={(next) => setUsers(next as Settings["userAuthenticate"])} />
        )}
      </Field>
      <Field label="Devices restored from a backup" help={RESTORE_SETTINGS[restores].meaning} error={problem?.at("/restorePolicy")}>
        {(control) => (
          <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" disabled={!allowed} value={restores} options={RESTORES} onChange={(next) => setRestores(next as Settings["restorePolicy"])} />
        )}
      </Field>
      <Field
        label="Devices that may hear 401 or 403 an hour"
        help="More wait, heard as before, until the hour has room or a second person confirms. Each of these answers ends the management of a device."
        error={problem?.at("/terminationsPerHour")}
      >
        {(control) => <TextInput {...control} disabled={!allowed} name="terminationsPerHour" type="number" inputMode="numeric" min={1} max={10_000} required defaultValue={settings.terminationsPerHour} />}
      </Field>
      <Field label="Keep finished commands for (days)" help="Older ones are removed in small steps. Locks, erasures and other security actions stay, and so does the log." error={problem?.at("/retentionDays")}>
        {(control) => <TextInput {...control} disabled={!allowed} name="retentionDays" type="number" inputMode="numeric" min={1} max={36_500} required defaultValue={settings.retentionDays} />}
      </Field>
      <Field label="Keep what devices said for (days)" help="For the protocol inspector of a device, which never looks back further than its newest few hundred exchanges." error={problem?.at("/exchangeDays")}>
        {(control) => <TextInput {...control} disabled={!allowed} name="exchangeDays" type="number" inputMode="numeric" min={1} max={365} required defaultValue={settings.exchangeDays} />}
      </Field>
      <Switch disabled={!allowed} checked={returns} onChange={setReturns} label="Return to Service" help="A device whose user or idle time-out asks for it erases itself and enrolls again. Off: it is refused." />
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={change.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} className="justify-self-start">
        Save
      </Button>
    </form>
  );
}
