"use client";

import { useState, type FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import { Note } from "@/components/ui/note";
import { ProblemNote } from "@/components/ui/problem-note";
import { TypedConfirmation, typedMatches } from "@/components/ui/typed-confirmation";
import { useAdoptContact } from "@/lib/client/mutations/unknown-contacts";
import type { UnknownContactList } from "@/lib/contracts/devices";

type Contact = UnknownContactList["items"][number];

/** Null: closed. */
export function AdoptDialog({ contact, onClose }: { contact: Contact | null; onClose: () => void }) {
  return (
    <Dialog
      open={contact !== null}
      onOpenChange={onClose}
      title="Adopt this contact"
      description="Its certificate is pinned for the one device it claims to be. A life begins when that device says Authenticate or TokenUpdate next."
    >
      {contact !== null && <AdoptForm contact={contact} onDone={onClose} />}
    </Dialog>
  );
}

function AdoptForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const [typed, setTyped] = useState("");
  const adopt = useAdoptContact(contact.id);
  const fingerprint = contact.fingerprint ?? "";
  const word = fingerprint.slice(-8);
  const done = (): void => {
    toast.success("Adopted: its next TokenUpdate begins a life");
    onDone();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (typedMatches(typed, word)) adopt.mutate(fingerprint, { onSuccess: done });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      {contact.reason === "certificate-foreign" && (
        <Note tone="warning" title="Another authority has signed this certificate">
          Whoever holds its key is managed as this device from then on. Compare the fingerprint with what the device or its former server shows.
        </Note>
      )}
      <dl className="grid gap-1 text-xs [&_dd]:break-all [&_dt]:text-ink-faint">
        <dt>Claims to be</dt>
        <dd className="font-mono">{contact.serialNumber ?? contact.claimedKey}</dd>
        <dt>Certificate</dt>
        <dd>{contact.subject}</dd>
      </dl>
      <CodeBlock what="SHA-256 fingerprint" text={fingerprint.toUpperCase().replace(/(..)(?=.)/g, "$1:")} />
      <TypedConfirmation what="the end of the fingerprint" word={word} typed={typed} onChange={setTyped} />
      {adopt.error !== null && <ProblemNote error={adopt.error} />}
      <Button type="submit" look="danger" busy={adopt.isPending} disabled={!typedMatches(typed, word)}>
        Adopt
      </Button>
    </form>
  );
}
