import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { ROLES, wordsOf, type Role } from "@/lib/contracts/words";

const OPTIONS = wordsOf(ROLES).map((value) => ({ value, label: ROLES[value].label }));

export function RoleField({ role, onChange, error }: { role: Role; onChange: (role: Role) => void; error?: string | null | undefined }) {
  return (
    <Field label="Role" help={ROLES[role].meaning} error={error}>
      {(control) => (
        <Select id={control.id} describedBy={control["aria-describedby"]} className="w-full" value={role} options={OPTIONS} onChange={(value) => onChange(wordsOf(ROLES).find((each) => each === value) ?? role)} />
      )}
    </Field>
  );
}
