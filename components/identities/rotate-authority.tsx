"use client";

import { RotateCw } from "lucide-react";
import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useRotateAuthority } from "@/lib/client/mutations/identities";
import { usePermission } from "@/lib/client/use-permission";

const WORD = "new authority";

/** Makes a new authority, after a word typed by hand: every device gets a new identity from it. */
export function RotateAuthority() {
  const [open, setOpen] = useState(false);
  const allowed = usePermission("authority:write");
  return (
    <>
      <Button disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => setOpen(true)}>
        <RotateCw aria-hidden />
        New authority
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Make a new certificate authority"
        description="It issues identities from now on. Devices of the present one stay connected and get a new identity over the next two weeks or more; the present one is retired when none depends on it."
      >
        <RotateForm onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function RotateForm({ onDone }: { onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const rotate = useRotateAuthority();
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (!typedMatches(typed, WORD)) return;
    rotate.mutate(undefined, {
      onSuccess: () => {
        toast.success("A new authority issues from now on");
        onDone();
      },
    });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-5">
      <TypedConfirmation what="the words" word={WORD} typed={typed} onChange={setTyped} />
      {rotate.error !== null && <ProblemNote error={rotate.error} />}
      <Button type="submit" look="primary" busy={rotate.isPending} disabled={!typedMatches(typed, WORD)}>
        Make a new authority
      </Button>
    </form>
  );
}
