"use client";

import { Ellipsis, KeyRound, Pencil, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { ProblemNote } from "@/components/ui/problem-note";
import { useChangePerson, useMakePasswordLink } from "@/lib/client/mutations/people";
import type { PersonDto } from "@/lib/contracts/people";
import { EditPersonForm } from "./edit-person-form";
import { PasswordLinkShown } from "./password-link-shown";

type Task = "edit" | "link" | "disable" | "enable";

const TITLES: Record<Task, (person: PersonDto) => string> = {
  edit: ({ name }) => `Edit ${name}`,
  link: ({ name }) => `New password for ${name}`,
  disable: ({ name }) => `Disable ${name}?`,
  enable: ({ name }) => `Enable ${name}?`,
};

export function PersonMenu({ person }: { person: PersonDto }) {
  const [task, setTask] = useState<Task | null>(null);
  const close = (): void => setTask(null);
  return (
    <>
      <Menu
        trigger={
          <Button size="small" aria-label={`Actions for ${person.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setTask("edit")}>
          <Pencil aria-hidden />
          Name and role…
        </MenuItem>
        {person.state === "disabled" ? (
          <MenuItem onSelect={() => setTask("enable")}>
            <UserCheck aria-hidden />
            Enable…
          </MenuItem>
        ) : (
          <>
            <MenuItem onSelect={() => setTask("link")}>
              <KeyRound aria-hidden />
              Link for a new password…
            </MenuItem>
            <MenuSeparator />
            <MenuItem danger onSelect={() => setTask("disable")}>
              <UserX aria-hidden />
              Disable…
            </MenuItem>
          </>
        )}
      </Menu>
      <Dialog open={task !== null} onOpenChange={close} title={task === null ? "" : TITLES[task](person)}>
        {task === "edit" && <EditPersonForm person={person} onDone={close} />}
        {task === "link" && <NewLink person={person} onDone={close} />}
        {(task === "disable" || task === "enable") && <Access person={person} disabled={task === "disable"} onDone={close} />}
      </Dialog>
    </>
  );
}

function NewLink({ person, onDone }: { person: PersonDto; onDone: () => void }) {
  const make = useMakePasswordLink(person.id);
  if (make.data !== undefined) return <PasswordLinkShown link={make.data} onDone={onDone} />;
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">You get a one-time link to hand over. The password of now keeps working until it is used; links made before end at once.</p>
      {make.error !== null && <ProblemNote error={make.error} />}
      <Button look="primary" busy={make.isPending} className="justify-self-end" onClick={() => make.mutate()}>
        Make link
      </Button>
    </div>
  );
}

function Access({ person, disabled, onDone }: { person: PersonDto; disabled: boolean; onDone: () => void }) {
  const change = useChangePerson(person.id);
  return (
    <div className="grid gap-4">
      <p className="text-ink-soft">
        {disabled
          ? "Every session ends, and API tokens made by this person are refused. What was done stays in the audit log."
          : "This person may sign in again with the password of before."}
      </p>
      {change.error !== null && <ProblemNote error={change.error} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look={disabled ? "danger" : "primary"} busy={change.isPending} onClick={() => change.mutate({ disabled }, { onSuccess: onDone })}>
          {disabled ? "Disable" : "Enable"}
        </Button>
      </div>
    </div>
  );
}
