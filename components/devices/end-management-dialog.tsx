"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useTerminateDevice } from "@/lib/client/mutations/devices";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DeviceDto, TerminationOptionsDto } from "@/lib/contracts/devices";
import { TERMINATION_METHODS, type TerminationMethod } from "@/lib/contracts/words";
import { deviceName } from "./device-name";
import { MethodChoice } from "./method-choice";
import { terminationUnderWay } from "./newest-enrollment";

interface Props {
  device: DeviceDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function EndManagementDialog({ device, open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`End management of ${deviceName(device)}`}
      description="The record and its history stay here. To manage the device again, enroll it again."
    >
      <EndForm device={device} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function EndForm({ device, onDone }: { device: DeviceDto; onDone: () => void }) {
  const options = useQuery(deviceQueries.terminationOptions(device.id)).data;
  const [method, setMethod] = useState<TerminationMethod>("remove-profile");
  const [typed, setTyped] = useState("");
  const end = useTerminateDevice(device.id);
  const word = device.serialNumber ?? deviceName(device);
  if (end.isSuccess) return <Requested method={end.variables} onDone={onDone} />;
  const fits = (each: TerminationMethod): boolean => options?.methods.find((known) => known.method === each)?.fits ?? true;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (typedMatches(typed, word)) end.mutate(method);
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      {terminationUnderWay(device) !== null && <Note tone="info">It is being ended already. What you choose here takes the place of that.</Note>}
      <MethodChoice method={method} onChange={setMethod} fits={fits} />
      {method !== "remove-profile" && options !== undefined && <Limit {...options.limit} />}
      <TypedConfirmation what={device.serialNumber === null ? "the name" : "the serial number"} word={word} typed={typed} onChange={setTyped} />
      {end.error !== null && <ProblemNote error={end.error} />}
      <Button type="submit" look="danger" busy={end.isPending} disabled={!typedMatches(typed, word)}>
        End management
      </Button>
    </form>
  );
}

/** Under the limit the answer goes out at the next contact; over it somebody else has to stand for it too. */
function Limit({ perHour, used }: TerminationOptionsDto["limit"]) {
  if (used < perHour) return <p className="text-xs text-ink-soft">{used} of {perHour} such answers went out in the last hour.</p>;
  return (
    <Note tone="warning" title={`${used} of ${perHour} such answers went out in the last hour`}>
      This one waits until there is room, or until a second person confirms it here. The device is heard as before meanwhile, and gets no commands.
    </Note>
  );
}

function Requested({ method, onDone }: { method: TerminationMethod; onDone: () => void }) {
  return (
    <div className="grid gap-4">
      <Note tone="info" title="Requested, not done yet">
        {TERMINATION_METHODS[method].meaning} The device shows as Unenrolling until then.
      </Note>
      <Button look="primary" onClick={onDone}>
        Close
      </Button>
    </div>
  );
}
