"use client";

import { ArrowLeft } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { TargetReview, useReview } from "@/components/devices/target-review";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { CatalogStep } from "./catalog-step";
import { ChannelChoice } from "./channel-choice";
import { channelUsers } from "./channels";
import { commandTitle } from "./command-title";
import { ConfirmStep } from "./confirm-step";
import { deliveryWords } from "./delivery-draft";
import { DeliveryFields } from "./delivery-fields";
import { errorMap } from "./error-map";
import { FormStep } from "./form-step";
import { RawStep } from "./raw-step";
import { targetWords, type SendTarget } from "./send-target";
import { SentStep } from "./sent-step";
import { dangerOf, needsConfirmation, useSendFlow } from "./use-send-flow";
import { factsOf, verdictOf, type Verdict } from "./verdict";

interface Props {
  target: SendTarget;
  /** The command to begin with, by Apple's name; null, or one without a form, begins with the catalog. */
  first?: string | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

export function SendCommandDialog({ target, first = null, open, onOpenChange }: Props) {
  const [roomy, setRoomy] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} width={roomy ? "roomy" : "wide"} title="Send a command" description={`To ${targetWords(target)}`}>
      <SendCommandFlow target={target} first={first} onClose={() => onOpenChange(false)} onRoomy={setRoomy} />
    </Dialog>
  );
}

type Flow = ReturnType<typeof useSendFlow>;

interface FlowProps {
  target: SendTarget;
  first: string | null;
  onClose: () => void;
  /** The form stands beside its property list and wants more room. */
  onRoomy: (roomy: boolean) => void;
}

function SendCommandFlow({ target, first, onClose, onRoomy }: FlowProps) {
  const flow = useSendFlow(target, first);
  const { step } = flow;
  useEffect(() => {
    onRoomy(step === "form");
    return () => onRoomy(false);
  }, [step, onRoomy]);
  const facts = target.kind === "device" ? factsOf(target.device, flow.userId === null ? "device" : "user") : null;
  return (
    <div className="grid gap-4">
      {(step === "form" || step === "raw") && (
        <StepHeader title={step === "raw" ? "Raw property list" : (flow.spec?.title ?? "")} onBack={() => flow.goTo("catalog")} />
      )}
      {flow.problem !== null && step !== "sent" && <ProblemNote error={flow.problem} />}
      {step === "catalog" && (
        <>
          {target.kind === "device" && <ChannelChoice users={channelUsers(target.device)} userId={flow.userId} onChange={flow.setUserId} />}
          <CatalogStep judge={(spec) => verdictOf(spec, facts)} onChoose={flow.choose} onRaw={() => flow.goTo("raw")} />
        </>
      )}
      {(step === "form" || step === "raw") && <EditStep flow={flow} target={target} judge={(spec, command) => verdictOf(spec, facts, command)} />}
      {step === "confirm" && flow.body !== null && target.kind === "device" && <Confirm target={target} flow={flow} body={flow.body} review={null} eligible={null} />}
      {step === "confirm" && flow.body !== null && target.kind === "many" && <ConfirmMany target={target} flow={flow} body={flow.body} />}
      {step === "sent" && flow.sent !== null && <SentStep key={flow.sent.id} sent={flow.sent} onAgain={flow.startOver} onClose={onClose} />}
    </div>
  );
}

interface EditProps {
  flow: Flow;
  target: SendTarget;
  judge: (spec: CommandSpec, command: PlistDictionary | null) => Verdict;
}

function EditStep({ flow, target, judge }: EditProps) {
  const { spec } = flow;
  const serverErrors = errorMap(flow.problem?.errors ?? []);
  const delivery = <DeliveryFields draft={flow.delivery} onDraft={flow.setDelivery} error={flow.deliveryError} />;
  if (flow.step === "raw" || spec === null) {
    return (
      <RawStep
        plist={flow.plist}
        onPlist={flow.setPlist}
        serverErrors={serverErrors}
        busy={flow.busy}
        submitWords="Continue"
        onSubmit={(requestType) => flow.submit({ requestType, rawPlist: flow.plist })}
      >
        {delivery}
      </RawStep>
    );
  }
  return (
    <FormStep
      spec={spec}
      drafts={flow.drafts}
      onDrafts={flow.setDrafts}
      serverErrors={serverErrors}
      busy={flow.busy}
      judge={(command) => judge(spec, command)}
      override={flow.override}
      onOverride={flow.setOverride}
      submitWords={needsConfirmation(target, spec.requestType) ? "Continue" : "Send"}
      onSubmit={(parameters) => flow.submit({ requestType: spec.requestType, parameters })}
      edited={flow.edited}
      onEdited={flow.setEdited}
      onSubmitEdited={(rawPlist) => flow.submit({ requestType: spec.requestType, rawPlist })}
    >
      {delivery}
    </FormStep>
  );
}

interface ConfirmProps<T extends SendTarget = SendTarget> {
  target: T;
  flow: Flow;
  body: NonNullable<Flow["body"]>;
}

/** What goes to many goes to as many as were shown, or to none. */
function ConfirmMany({ target, flow, body }: ConfirmProps<Extract<SendTarget, { kind: "many" }>>) {
  const reviewed = { target: target.target, action: { kind: "command", ...body, override: flow.override } } as const;
  const eligible = useReview(reviewed)?.eligible;
  return <Confirm target={target} flow={flow} body={body} review={<TargetReview body={reviewed} what="take it" />} eligible={eligible} />;
}

function Confirm({ target, flow, body, review, eligible }: ConfirmProps & { review: ReactNode; eligible: number | null | undefined }) {
  return (
    <ConfirmStep
      target={target}
      review={review}
      eligible={eligible}
      title={commandTitle(body.requestType)}
      summary={COMMANDS[body.requestType]?.summary ?? "This command has no form here; what it does is known to whoever wrote it."}
      delivery={deliveryWords(flow.delivery)}
      danger={dangerOf(body.requestType)}
      busy={flow.busy}
      onBack={flow.backToForm}
      onConfirm={() => flow.deliver(body, eligible ?? null)}
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
