"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useUpdateDeclaration } from "@/lib/client/mutations/declarations";
import { usePermission } from "@/lib/client/use-permission";
import type { DeclarationDto } from "@/lib/contracts/declarations";
import { KeyReference } from "./key-reference";
import { payloadFaults, readPayload } from "./payload-draft";
import { PayloadEditor } from "./payload-editor";

/** The payload, changed in place. What does not fit is said while it is typed, and refused by the server too. */
export function PayloadForm({ declaration }: { declaration: DeclarationDto }) {
  const saved = JSON.stringify(declaration.payload, null, 2);
  const [text, setText] = useState(saved);
  const update = useUpdateDeclaration(declaration.id);
  const allowed = usePermission("declaration:write");
  const problem = update.error === null ? null : asProblem(update.error);
  const read = readPayload(declaration.type, text);
  const fromServer = payloadFaults(problem?.errors ?? []);
  const faults = read.faults.length > 0 ? read.faults : fromServer;
  const change = (next: string): void => {
    setText(next);
    if (update.error !== null) update.reset();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (read.ok && read.faults.length === 0) update.mutate({ payload: read.payload }, { onSuccess: () => toast("Saved", { description: "The devices concerned are asked to read their declarations again." }) });
  };
  return (
    <form onSubmit={onSubmit} noValidate className="grid min-w-0 gap-4">
      <PayloadEditor text={text} onText={change} faults={faults} readOnly={!allowed} />
      <KeyReference type={declaration.type} />
      {problem !== null && fromServer.length === 0 && <ProblemNote error={problem} />}
      {text !== saved && (
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(saved)}>Undo</Button>
          <Button type="submit" look="primary" busy={update.isPending} disabled={!read.ok || read.faults.length > 0}>
            Save payload
          </Button>
        </div>
      )}
    </form>
  );
}
