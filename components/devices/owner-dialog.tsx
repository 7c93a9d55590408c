"use client";

import { Pencil } from "lucide-react";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useChangeOwner } from "@/lib/client/mutations/devices";
import { usePermission } from "@/lib/client/use-permission";
import type { DeviceDto } from "@/lib/contracts/devices";
import { deviceName } from "./device-name";

/** Whom the device is for, and a way to say so. */
export function Owner({ device }: { device: DeviceDto }) {
  const [open, setOpen] = useState(false);
  const allowed = usePermission("device:command");
  return (
    <span className="flex flex-wrap items-center gap-2">
      {device.owner ?? <span className="text-ink-faint">nobody</span>}
      {allowed && (
        <Button look="quiet" size="small" aria-label="Change owner" onClick={() => setOpen(true)}>
          <Pencil aria-hidden />
          Change
        </Button>
      )}
      <Dialog open={open} onOpenChange={setOpen} title={`Owner of ${deviceName(device)}`} description="The person this device is for. The search finds it by this name.">
        <OwnerForm device={device} onDone={() => setOpen(false)} />
      </Dialog>
    </span>
  );
}

function OwnerForm({ device, onDone }: { device: DeviceDto; onDone: () => void }) {
  const [owner, setOwner] = useState(device.owner ?? "");
  const change = useChangeOwner(device.id);
  const problem = change.error === null ? null : asProblem(change.error);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(owner.trim() === "" ? null : owner, { onSuccess: onDone });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <Field label="Owner" optional help="Left empty, it is for nobody." error={problem?.at("/owner")}>
        {(control) => <TextInput {...control} value={owner} onChange={(event) => setOwner(event.target.value)} maxLength={200} autoFocus autoComplete="off" />}
      </Field>
      {problem !== null && !problem.isSaidAt(["/owner"]) && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={change.isPending} className="justify-self-end">
        Save
      </Button>
    </form>
  );
}
