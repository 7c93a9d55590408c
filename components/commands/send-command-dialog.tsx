"use client";

import { ArrowLeft } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import type { DeviceDto } from "@/lib/contracts/devices";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import { CatalogStep } from "./catalog-step";
import { commandTitle } from "./command-title";
import { ConfirmStep } from "./confirm-step";
import { errorMap } from "./error-map";
import { FormStep } from "./form-step";
import { RawStep } from "./raw-step";
import { SentStep } from "./sent-step";
import { dangerOf, useSendFlow } from "./use-send-flow";

interface Props {
  device: DeviceDto;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function SendCommandDialog({ device, open, onOpenChange }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} width="wide" title="Send a command" description={`To ${device.name ?? device.serialNumber ?? "this device"}`}>
      <SendCommandFlow device={device} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

type Flow = ReturnType<typeof useSendFlow>;

function SendCommandFlow({ device, onClose }: { device: DeviceDto; onClose: () => void }) {
  const flow = useSendFlow(device.id);
  const { step } = flow;
  return (
    <div className="grid gap-4">
      {(step === "form" || step === "raw") && (
        <StepHeader title={step === "raw" ? "Raw property list" : (flow.spec?.title ?? "")} onBack={() => flow.goTo("catalog")} />
      )}
      {flow.problem !== null && step !== "sent" && <ProblemNote error={flow.problem} />}
      {step === "catalog" && <CatalogStep onChoose={flow.choose} onRaw={() => flow.goTo("raw")} />}
      {(step === "form" || step === "raw") && <EditStep flow={flow} />}
      {step === "confirm" && flow.body !== null && <Confirm device={device} flow={flow} body={flow.body} />}
      {step === "sent" && flow.sentId !== null && <SentStep commandId={flow.sentId} onAgain={() => flow.goTo("catalog")} onClose={onClose} />}
    </div>
  );
}

function EditStep({ flow }: { flow: Flow }) {
  const { spec } = flow;
  const serverErrors = errorMap(flow.problem?.errors ?? []);
  if (flow.step === "raw" || spec === null) {
    return (
      <RawStep
        plist={flow.plist}
        onPlist={flow.setPlist}
        serverErrors={serverErrors}
        busy={flow.busy}
        submitWords="Continue"
        onSubmit={(requestType) => flow.submit({ requestType, rawPlist: flow.plist })}
      />
    );
  }
  return (
    <FormStep
      spec={spec}
      drafts={flow.drafts}
      onDrafts={flow.setDrafts}
      serverErrors={serverErrors}
      busy={flow.busy}
      submitWords={spec.danger === "none" ? "Send" : "Continue"}
      onSubmit={(parameters) => flow.submit({ requestType: spec.requestType, parameters })}
      onRaw={flow.editRaw}
    />
  );
}

function Confirm({ device, flow, body }: { device: DeviceDto; flow: Flow; body: NonNullable<Flow["body"]> }) {
  return (
    <ConfirmStep
      device={device}
      title={commandTitle(body.requestType)}
      summary={COMMANDS[body.requestType]?.summary ?? "This command has no form here; what it does is known to whoever wrote it."}
      danger={dangerOf(body.requestType)}
      busy={flow.busy}
      onBack={flow.backToForm}
      onConfirm={() => flow.deliver(body)}
    />
  );
}

function StepHeader({ title, onBack }: { title: string; onBack: () => void }) {
  return (
    <div className="-ml-2 flex items-center gap-1">
      <Button look="quiet" size="small-icon" aria-label="Back to all commands" onClick={onBack}>
        <ArrowLeft aria-hidden />
      </Button>
      <h3 className="font-semibold">{title}</h3>
    </div>
  );
}
