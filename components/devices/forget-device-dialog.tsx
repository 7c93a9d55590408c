"use client";

import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { asProblem } from "@/lib/client/api-problem";
import { useForgetDevice } from "@/lib/client/mutations/devices";
import type { DeviceDto } from "@/lib/contracts/devices";
import { deviceName } from "./device-name";
import { isLive } from "./newest-enrollment";

interface Props {
  device: DeviceDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function ForgetDeviceDialog({ device, open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Forget ${deviceName(device)}`}
      description="Removes the record with its lives, commands and inventory. The log stays, and what was escrowed is kept sealed for a year under the serial number."
    >
      <ForgetForm device={device} />
    </Dialog>
  );
}

function ForgetForm({ device }: { device: DeviceDto }) {
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const router = useRouter();
  const forget = useForgetDevice(device.id);
  const problem = forget.error === null ? null : asProblem(forget.error);
  const word = device.serialNumber ?? deviceName(device);
  const ready = typedMatches(typed, word) && reason.trim() !== "";
  const done = (): void => {
    toast(`Forgot ${deviceName(device)}`);
    router.replace("/devices");
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) forget.mutate(reason, { onSuccess: done });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      {isLive(device) && (
        <Note tone="warning" title="The device hears nothing of this">
          It keeps its profile and becomes an unknown contact when it speaks to us. To release it, end its management first.
        </Note>
      )}
      <Field label="Reason" help="Kept in the audit log." error={problem?.at("/reason")}>
        {(control) => <TextInput {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <TypedConfirmation what={device.serialNumber === null ? "the name" : "the serial number"} word={word} typed={typed} onChange={setTyped} />
      {problem !== null && <ProblemNote error={problem} />}
      <Button type="submit" look="danger" busy={forget.isPending} disabled={!ready}>
        Forget device
      </Button>
    </form>
  );
}
