"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { useAssignAdeDevices } from "@/lib/client/mutations/ade";
import { counted } from "@/lib/client/text";
import type { AdeAssignTarget, AdeConfigurationDto, AdeDeviceFilter } from "@/lib/contracts/ade";

interface Props {
  ticked: ReadonlySet<string>;
  /** How many match the filter, in sight or not. */
  total: number;
  filter: AdeDeviceFilter;
  configurations: readonly AdeConfigurationDto[];
  onDone: () => void;
}

/** Stands below the list while something is ticked. */
export function AssignBar({ ticked, total, filter, configurations, onDone }: Props) {
  const [target, setTarget] = useState<{ what: AdeAssignTarget; count: number } | null>(null);
  return (
    <div role="region" aria-label="Selected devices" className="appear sticky bottom-4 z-20 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center justify-center gap-x-3 gap-y-2 rounded-xl border border-line bg-raised px-4 py-2.5 shadow-pop">
      <span className="flex items-center gap-1">
        <span role="status" className="font-medium tabular-nums">
          {counted(ticked.size, "device")}
        </span>
        <Button look="quiet" size="small-icon" aria-label="Clear the selection" title="Clear the selection" onClick={onDone}>
          <X aria-hidden />
        </Button>
      </span>
      {total > ticked.size && (
        <Button look="quiet" size="small" onClick={() => setTarget({ what: { filter }, count: total })}>
          Assign all {total.toLocaleString()}
        </Button>
      )}
      <Button look="primary" onClick={() => setTarget({ what: { deviceIds: [...ticked] }, count: ticked.size })}>
        Assign…
      </Button>
      <Dialog
        open={target !== null}
        onOpenChange={(open) => !open && setTarget(null)}
        title={`Assign ${counted(target?.count ?? 0, "device")}`}
        description="Apple is told now. A device takes it when it is set up next; management that runs is left alone."
      >
        {target !== null && <AssignForm target={target.what} configurations={configurations} onDone={() => { setTarget(null); onDone(); }} />}
      </Dialog>
    </div>
  );
}

function AssignForm({ target, configurations, onDone }: { target: AdeAssignTarget; configurations: readonly AdeConfigurationDto[]; onDone: () => void }) {
  const [configurationId, setConfigurationId] = useState(configurations[0]?.id ?? "");
  const assign = useAssignAdeDevices();
  const options = [...configurations.map(({ id, name }) => ({ value: id, label: name })), { value: "", label: "None: take the assignment away" }];
  const onAssign = (): void =>
    assign.mutate(
      { target, configurationId: configurationId === "" ? null : configurationId },
      { onSuccess: ({ devices }) => { toast(`Apple is told about ${counted(devices, "device")}`); onDone(); } },
    );
  return (
    <div className="grid gap-5">
      <Field label="Configuration">{(control) => <Select id={control.id} className="w-full" value={configurationId} options={options} onChange={setConfigurationId} />}</Field>
      {assign.error !== null && <ProblemNote error={assign.error} />}
      <Button look="primary" busy={assign.isPending} onClick={onAssign} className="justify-self-end">
        {configurationId === "" ? "Take it away" : "Assign"}
      </Button>
    </div>
  );
}
