"use client";

import { useQuery } from "@tanstack/react-query";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { groupQueries } from "@/lib/client/queries/groups";

/** The group that devices join; "" for none. */
export function GroupChoice({ value, onChange, error }: { value: string; onChange: (id: string) => void; error: string | null | undefined }) {
  const groups = useQuery(groupQueries.choices());
  const options = [{ value: "", label: "No group" }, ...(groups.data?.items ?? []).map((group) => ({ value: group.id, label: group.name }))];
  return (
    <Field label="Devices join" error={error}>
      {(control) => <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={value} options={options} onChange={onChange} />}
    </Field>
  );
}
