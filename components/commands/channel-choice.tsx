"use client";

import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { ChannelUser } from "./channels";

interface Props {
  users: readonly ChannelUser[];
  /** Null for the device itself. */
  userId: string | null;
  onChange: (userId: string | null) => void;
}

/** The device itself or one of its users; nothing to choose while it has none. */
export function ChannelChoice({ users, userId, onChange }: Props) {
  if (users.length === 0) return null;
  const options = [{ value: "", label: "The device" }, ...users.map((user) => ({ value: user.channelKey, label: `User ${user.name}` }))];
  return (
    <Field label="Channel" help="Commands for a user act on their account and reach the device while they are signed in.">
      {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full sm:w-72" value={userId ?? ""} options={options} onChange={(value) => onChange(value === "" ? null : value)} />}
    </Field>
  );
}
