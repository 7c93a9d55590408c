"use client";

import { useState } from "react";
import { asProblem, type ApiProblem } from "@/lib/client/api-problem";
import { useSendCommand } from "@/lib/client/mutations/commands";
import type { SendCommandBody } from "@/lib/contracts/commands";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { emptyDrafts, type DraftRecord } from "./parameter-draft";
import { RAW_BEGINNING } from "./raw-step";

export type FlowStep = "catalog" | "form" | "raw" | "confirm" | "sent";

/** What stands between the form and the sending. A command that is not in the catalog asks for a yes. */
export function dangerOf(requestType: string): CommandSpec["danger"] {
  return COMMANDS[requestType]?.danger ?? "confirm";
}

/** The way from choosing a command to watching it: which step, what was filled in, and what the server said. */
export function useSendFlow(deviceId: string) {
  const [step, setStep] = useState<FlowStep>("catalog");
  const [spec, setSpec] = useState<CommandSpec | null>(null);
  const [drafts, setDrafts] = useState<DraftRecord>({});
  const [plist, setPlist] = useState(RAW_BEGINNING);
  const [body, setBody] = useState<SendCommandBody | null>(null);
  const send = useSendCommand(deviceId);
  const problem: ApiProblem | null = send.error === null ? null : asProblem(send.error);

  const goTo = (next: FlowStep): void => {
    send.reset();
    setStep(next);
  };
  const choose = (chosen: CommandSpec): void => {
    setSpec(chosen);
    setDrafts(emptyDrafts(chosen.parameters));
    goTo("form");
  };
  const editRaw = (text: string): void => {
    setPlist(text);
    goTo("raw");
  };
  const deliver = (wanted: SendCommandBody): void => {
    // A complaint is answered where the fields are.
    send.mutate(wanted, { onSuccess: () => setStep("sent"), onError: () => setStep(formOf(wanted)) });
  };
  const submit = (wanted: SendCommandBody): void => {
    setBody(wanted);
    if (dangerOf(wanted.requestType) === "none") deliver(wanted);
    else goTo("confirm");
  };
  return {
    step, spec, drafts, plist, body, problem, goTo, choose, editRaw, setDrafts, setPlist, submit, deliver,
    busy: send.isPending,
    sentId: send.data?.id ?? null,
    backToForm: () => goTo(body === null ? "catalog" : formOf(body)),
  };
}

function formOf(body: SendCommandBody): FlowStep {
  return body.rawPlist === undefined ? "form" : "raw";
}
