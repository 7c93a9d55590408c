"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Copyable } from "@/components/ui/copyable";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useDeleteAdeConfiguration, useSaveAdeConfiguration } from "@/lib/client/mutations/ade";
import { counted } from "@/lib/client/text";
import { usePermission } from "@/lib/client/use-permission";
import type { AdeConfigurationDto } from "@/lib/contracts/ade";
import { bodyOf, draftOf, type ConfigurationDraft } from "./configuration-draft";
import { AdmissionFields, PaneFields, SetupFields, SupportFields } from "./configuration-fields";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Null: a new one. */
  configuration: AdeConfigurationDto | null;
}

export function ConfigurationDialog({ open, onOpenChange, configuration }: Props) {
  const devices = configuration?.devices ?? 0;
  const description = devices > 0 ? `What is changed is told to Apple for ${counted(devices, "device")}, and holds when they are set up next.` : "How devices enroll when they are set up.";
  return (
    <Dialog open={open} onOpenChange={onOpenChange} width="wide" title={configuration?.name ?? "Create a configuration"} description={description}>
      <ConfigurationForm configuration={configuration} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ConfigurationForm({ configuration, onDone }: { configuration: AdeConfigurationDto | null; onDone: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(configuration));
  const save = useSaveAdeConfiguration(configuration?.id ?? null);
  const allowed = usePermission("link:write");
  const problem = save.error === null ? null : asProblem(save.error);
  const change = (part: Partial<ConfigurationDraft>): void => setDraft((now) => ({ ...now, ...part }));
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate(bodyOf(draft, configuration), {
      onSuccess: (saved) => {
        toast(configuration === null ? `Created ${saved.name}` : `Saved ${saved.name}`);
        onDone();
      },
    });
  };
  const fields = { draft, change, problem };
  return (
    <form onSubmit={onSubmit} className="grid gap-6">
      <AdmissionFields {...fields} />
      <SetupFields {...fields} />
      <PaneFields {...fields} />
      <SupportFields {...fields} />
      {configuration !== null && <Addresses configuration={configuration} />}
      {problem !== null && <ProblemNote error={problem} />}
      <div className="flex flex-wrap items-center justify-between gap-3">
        {configuration === null ? <span /> : <DeleteConfiguration configuration={configuration} onDone={onDone} />}
        <Button type="submit" look="primary" busy={save.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"}>
          {configuration === null ? "Create configuration" : "Save"}
        </Button>
      </div>
    </form>
  );
}

function Addresses({ configuration }: { configuration: AdeConfigurationDto }) {
  return (
    <div className="grid gap-1 rounded-lg border border-line bg-sunken p-3">
      <p className="text-xs text-ink-soft">Address for Apple Configurator and other tools. Apple is told of it by itself.</p>
      <Copyable text={configuration.webPage === "none" ? configuration.enrollmentUrl : configuration.webUrl} what="enrollment address" />
    </div>
  );
}

function DeleteConfiguration({ configuration, onDone }: { configuration: AdeConfigurationDto; onDone: () => void }) {
  const remove = useDeleteAdeConfiguration(configuration.id);
  const [sure, setSure] = useState(false);
  const allowed = usePermission("link:write");
  if (configuration.devices > 0) return <span className="text-xs text-ink-soft">It can be deleted once no device is assigned to it.</span>;
  const onDelete = (): void => remove.mutate(undefined, { onSuccess: () => { toast(`Deleted ${configuration.name}`); onDone(); } });
  return (
    <div className="grid gap-2">
      {remove.error !== null && <ProblemNote error={remove.error} />}
      <Button look={sure ? "danger" : "quiet"} disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"} busy={remove.isPending} onClick={() => (sure ? onDelete() : setSure(true))}>
        {sure ? "Delete it for good" : "Delete…"}
      </Button>
    </div>
  );
}
