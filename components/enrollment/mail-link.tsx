"use client";

import { Send } from "lucide-react";
import type { FormEvent } from "react";
import { toast } from "@/components/ui/toast";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { ProblemNote } from "@/components/ui/problem-note";
import { asProblem } from "@/lib/client/api-problem";
import { useMailLink } from "@/lib/client/mutations/enrollment-links";
import { usePermission } from "@/lib/client/use-permission";

/** Sends the link with its QR code to somebody. */
export function MailLink({ id }: { id: string }) {
  const mail = useMailLink(id);
  const allowed = usePermission("link:write");
  const problem = mail.error === null ? null : asProblem(mail.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const to = String(new FormData(form).get("to") ?? "");
    mail.mutate(to, {
      onSuccess: () => {
        form.reset();
        toast(`Mailed to ${to}`);
      },
    });
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-3">
      <Field label="Mail it" error={problem?.at("/to")}>
        {(control) => (
          <span className="flex gap-2">
            <TextInput {...control} name="to" type="email" required disabled={!allowed} placeholder="kim@example.com" autoComplete="off" />
            <Button type="submit" busy={mail.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Operator"}>
              <Send aria-hidden />
              Send
            </Button>
          </span>
        )}
      </Field>
      {problem !== null && problem.at("/to") === null && <ProblemNote error={problem} />}
    </form>
  );
}
