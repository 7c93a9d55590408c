"use client";

import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { Select } from "@/components/ui/select";
import { asProblem } from "@/lib/client/api-problem";
import { useCreateDeclaration } from "@/lib/client/mutations/declarations";
import type { DeclarationDto } from "@/lib/contracts/declarations";
import { DECLARATION_KINDS, type DeclarationKind } from "@/lib/protocol/declarations/declaration-spec";
import { KIND_OPTIONS, KIND_WORDS, typeOptions } from "./declaration-words";
import { KeyReference } from "./key-reference";
import { payloadBeginning, payloadFaults, readPayload } from "./payload-draft";
import { PayloadEditor } from "./payload-editor";

interface Props {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onCreated: (declaration: DeclarationDto) => void;
}

export function CreateDeclarationDialog({ open, onOpenChange, onCreated }: Props) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} width="wide" title="Create a declaration" description="Which groups get it is said afterwards.">
      <CreateForm onCreated={onCreated} />
    </Dialog>
  );
}

const FIRST: DeclarationKind = "configuration";
const firstType = (kind: DeclarationKind): string => typeOptions(kind)[0]?.value ?? "";

function CreateForm({ onCreated }: { onCreated: (declaration: DeclarationDto) => void }) {
  const [kind, setKind] = useState<DeclarationKind>(FIRST);
  const [type, setType] = useState(() => firstType(FIRST));
  const [text, setText] = useState(() => payloadBeginning(firstType(FIRST)));
  const [checked, setChecked] = useState(false);
  const create = useCreateDeclaration();
  const problem = create.error === null ? null : asProblem(create.error);
  const read = readPayload(type, text);
  const faults = checked ? (read.faults.length > 0 ? read.faults : payloadFaults(problem?.errors ?? [])) : [];
  const chooseType = (next: string): void => {
    setType(next);
    setText(payloadBeginning(next));
    setChecked(false);
    create.reset();
  };
  const chooseKind = (value: string): void => {
    const next = DECLARATION_KINDS.find((each) => each === value) ?? kind;
    setKind(next);
    chooseType(firstType(next));
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setChecked(true);
    const identifier = String(new FormData(event.currentTarget).get("identifier") ?? "").trim();
    if (read.ok && read.faults.length === 0) create.mutate({ type, payload: read.payload, ...(identifier === "" ? {} : { identifier }) }, { onSuccess: onCreated });
  };
  const saidAtFields = problem !== null && problem.errors.length > 0 && problem.errors.every(({ pointer }) => pointer === "/identifier" || pointer === "/type" || pointer.startsWith("/payload"));
  return (
    <form onSubmit={onSubmit} noValidate className="grid min-w-0 gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Kind" help={KIND_WORDS[kind].meaning}>
          {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={kind} options={KIND_OPTIONS} onChange={chooseKind} />}
        </Field>
        <Field label="Type" help={<code className="break-all">{type}</code>} error={problem?.at("/type")}>
          {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={type} options={typeOptions(kind)} onChange={chooseType} />}
        </Field>
      </div>
      <Field label="Identifier" optional help="How other declarations refer to it. Made up when left empty." error={problem?.at("/identifier")}>
        {(control) => <TextInput {...control} name="identifier" maxLength={64} placeholder="com.example.passcode" autoComplete="off" autoCapitalize="off" spellCheck={false} className="font-mono" />}
      </Field>
      <PayloadEditor text={text} onText={setText} faults={faults} />
      <KeyReference type={type} />
      {problem !== null && !saidAtFields && <ProblemNote error={problem} />}
      <Button type="submit" look="primary" busy={create.isPending} className="justify-self-end">
        Create declaration
      </Button>
    </form>
  );
}
