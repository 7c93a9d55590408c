"use client";

import { useQuery } from "@tanstack/react-query";
import { RadioGroup } from "radix-ui";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useTerminateDevice } from "@/lib/client/mutations/devices";
import { deviceQueries } from "@/lib/client/queries/devices";
import type { DeviceDto, TerminationOptionsDto } from "@/lib/contracts/devices";
import { TERMINATION_METHODS, wordsOf, type TerminationMethod } from "@/lib/contracts/words";
import { deviceName } from "./device-name";
import { TerminationUnderWay } from "./termination-state";

/** What happens on the device, for the person who has to decide. */
const EXPERIENCE: Record<TerminationMethod, string> = {
  "remove-profile": "The gentle way. The device removes the enrollment profile with all it brought (settings, managed apps, accounts) and says goodbye. It needs to connect once and carry the command out.",
  unrecognized: "The device removes its management as soon as it hears this answer, without any command. Older systems hear 401 in its place.",
  unauthorized: "The device drops its management at its next contact, without any command and on every system. Meant for devices that no longer obey.",
};

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
  const underWay = device.enrollments.find((life) => life.channel === "device" && life.endedAt === null && life.termination !== null)?.termination ?? null;
  if (end.isSuccess) return <Requested method={end.variables} onDone={onDone} />;
  const fits = (each: TerminationMethod): boolean => options?.methods.find((known) => known.method === each)?.fits ?? true;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (typedMatches(typed, word)) end.mutate(method);
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      {underWay !== null && <TerminationUnderWay deviceId={device.id} termination={underWay} />}
      <RadioGroup.Root aria-label="Method" value={method} onValueChange={(next) => setMethod(next as TerminationMethod)} className="grid gap-2">
        {wordsOf(TERMINATION_METHODS).map((each) => (
          <RadioGroup.Item
            key={each}
            value={each}
            className="group flex gap-3 rounded-lg border border-line p-3 text-left hover:bg-hover data-[state=checked]:border-ink"
          >
            <span aria-hidden className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong group-data-[state=checked]:border-ink">
              <span className="hidden size-2 rounded-full bg-ink group-data-[state=checked]:block" />
            </span>
            <span className="grid gap-0.5">
              <span className="font-medium">{TERMINATION_METHODS[each].label}</span>
              <span className="text-xs text-ink-soft">{TERMINATION_METHODS[each].meaning}</span>
              <span className="hidden text-xs text-ink-soft group-data-[state=checked]:block">{EXPERIENCE[each]}</span>
              {!fits(each) && <span className="text-xs text-warning">This device&apos;s system does not know it: it hears 401 instead.</span>}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
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
