"use client";

import { useState } from "react";
import { asProblem, type ApiProblem } from "@/lib/client/api-problem";
import { useSendBatch } from "@/lib/client/mutations/batches";
import { useSendCommand } from "@/lib/client/mutations/commands";
import type { SendCommandBody } from "@/lib/contracts/commands";
import { COMMANDS } from "@/lib/protocol/commands/catalog";
import type { CommandSpec } from "@/lib/protocol/commands/command-spec";
import { AT_ONCE, deliveryOf, type DeliveryDraft } from "./delivery-draft";
import { emptyDrafts, type DraftRecord } from "./parameter-draft";
import { RAW_BEGINNING } from "./raw-step";
import type { SendTarget } from "./send-target";

export type FlowStep = "catalog" | "form" | "raw" | "confirm" | "sent";
/** The command itself, without whom it goes to and when. */
export type CommandBody = Pick<SendCommandBody, "requestType" | "parameters" | "rawPlist">;
/** `heldUntil`: by the clock of this tab; null for what went out at once. */
export type Sent = { kind: "command" | "batch"; id: string; requestType: string; heldUntil: number | null };

/** What stands between the form and the sending. A command that is not in the catalog asks for a yes. */
export function dangerOf(requestType: string): CommandSpec["danger"] {
  return COMMANDS[requestType]?.danger ?? "confirm";
}

/** How long the server holds a command back so that it can be undone. */
export const HOLD_SECONDS = 10;

/** Only questions go out at once: nobody has to take one back. What is scheduled can be cancelled until its time anyway. */
function isHeld(requestType: string, delivery: DeliveryDraft): boolean {
  return delivery.at === null && COMMANDS[requestType]?.query !== true;
}

/** Must somebody say yes before it goes out? Always when it goes to many. */
export function needsConfirmation(target: SendTarget, requestType: string): boolean {
  return target.kind === "many" || dangerOf(requestType) !== "none";
}

/** The way from choosing a command to watching it: which step, what was filled in, and what the server said. */
export function useSendFlow(target: SendTarget, first: string | null) {
  const begun = first === null ? null : (COMMANDS[first] ?? null);
  const [step, setStep] = useState<FlowStep>(begun === null ? "catalog" : "form");
  const [spec, setSpec] = useState<CommandSpec | null>(begun);
  const [drafts, setDrafts] = useState<DraftRecord>(() => (begun === null ? {} : emptyDrafts(begun.parameters)));
  const [plist, setPlist] = useState(RAW_BEGINNING);
  /** The property list of the form, changed by hand; null while the form holds. */
  const [edited, setEdited] = useState<string | null>(null);
  const [body, setBody] = useState<CommandBody | null>(null);
  const [delivery, setDelivery] = useState<DeliveryDraft>(AT_ONCE);
  const [deliveryError, setDeliveryError] = useState<string | null>(null);
  const [userId, setUserId] = useState<string | null>(null);
  const [override, setOverride] = useState(false);
  const sending = useSending(target);

  const goTo = (next: FlowStep): void => {
    sending.reset();
    setStep(next);
  };
  const choose = (chosen: CommandSpec): void => {
    setSpec(chosen);
    setDrafts(emptyDrafts(chosen.parameters));
    setOverride(false);
    setEdited(null);
    goTo("form");
  };
  const formOf = (wanted: CommandBody): FlowStep => (wanted.rawPlist === undefined || edited !== null ? "form" : "raw");
  /** `expected`: to how many of many it was said to go; null for one device. */
  const deliver = (wanted: CommandBody, expected: number | null): void => {
    const when = deliveryOf(delivery, Date.now());
    setDeliveryError(when.ok ? null : when.error);
    if (!when.ok) return setStep(formOf(wanted));
    const held = isHeld(wanted.requestType, delivery) ? { holdSeconds: HOLD_SECONDS } : {};
    const whole = { ...wanted, ...when.delivery, ...held, ...(override ? { override } : {}) };
    // A complaint is answered where the fields are; one about the number where the devices are.
    const onError = (error: unknown): void => setStep(expected !== null && asProblem(error).code === "conflict" ? "confirm" : formOf(wanted));
    sending.send(whole, { userId, expected }, { onSuccess: () => setStep("sent"), onError });
  };
  const submit = (wanted: CommandBody): void => {
    const when = deliveryOf(delivery, Date.now());
    setDeliveryError(when.ok ? null : when.error);
    if (!when.ok) return;
    setBody(wanted);
    if (needsConfirmation(target, wanted.requestType)) goTo("confirm");
    else deliver(wanted, null);
  };
  const startOver = (): void => {
    setDelivery(AT_ONCE);
    goTo("catalog");
  };
  return {
    step, spec, drafts, plist, edited, body, delivery, deliveryError, userId, override,
    goTo, choose, setDrafts, setEdited, setPlist, setDelivery, setUserId, setOverride, submit, deliver, startOver,
    problem: sending.problem,
    busy: sending.busy,
    sent: sending.sent,
    backToForm: () => goTo(body === null ? "catalog" : formOf(body)),
  };
}

type Outcome = { onSuccess: () => void; onError: (error: unknown) => void };
/** Whose channel of one device, and how many of many; null for what does not apply. */
type Whom = { userId: string | null; expected: number | null };

/** One device by its own route, many by a batch. */
function useSending(target: SendTarget) {
  const one = useSendCommand(target.kind === "device" ? target.device.id : "");
  const many = useSendBatch();
  const used = target.kind === "device" ? one : many;
  const [held, setHeld] = useState<Pick<Sent, "requestType" | "heldUntil">>({ requestType: "", heldUntil: null });
  const problem: ApiProblem | null = used.error === null ? null : asProblem(used.error);
  const send = (body: Omit<SendCommandBody, "userId">, { userId, expected }: Whom, outcome: Outcome): void => {
    const onSuccess = (): void => {
      setHeld({ requestType: body.requestType, heldUntil: body.holdSeconds === undefined ? null : Date.now() + body.holdSeconds * 1000 });
      outcome.onSuccess();
    };
    if (target.kind === "device") one.mutate({ ...body, ...(userId === null ? {} : { userId }) }, { ...outcome, onSuccess });
    else many.mutate({ ...body, target: target.target, ...(expected === null ? {} : { expected }) }, { ...outcome, onSuccess });
  };
  const sent: Sent | null = used.data === undefined ? null : { kind: target.kind === "device" ? "command" : "batch", id: used.data.id, ...held };
  return { send, problem, busy: used.isPending, sent, reset: used.reset };
}
