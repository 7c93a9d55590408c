import { ACCESS_RIGHTS, accessRightsProblem, ALL_ACCESS_RIGHTS } from "@/lib/protocol/profile/access-rights";

/** Takes the rights with it that mean nothing without the one taken away, and adds the one that a new one needs. */
export function toggleRight(rights: number, bit: number): number {
  if ((rights & bit) === 0) return ACCESS_RIGHTS.reduce((sum, right) => (right.bit === bit && right.needs !== null ? sum | right.needs : sum), rights | bit);
  return ACCESS_RIGHTS.reduce((sum, right) => (right.needs === bit ? sum & ~right.bit : sum), rights & ~bit);
}

interface Props {
  rights: number;
  onChange: (rights: number) => void;
}

/** What the person at the device is asked to grant. */
export function AccessRightsField({ rights, onChange }: Props) {
  const problem = accessRightsProblem(rights);
  const all = rights === ALL_ACCESS_RIGHTS;
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 flex w-full items-center justify-between gap-3 text-sm font-medium">
        Rights
        <button type="button" className="roomy rounded text-xs font-medium text-accent underline underline-offset-2" onClick={() => onChange(all ? 1 : ALL_ACCESS_RIGHTS)}>
          {all ? "Only a few" : "All of them"}
        </button>
      </legend>
      <ul className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        {ACCESS_RIGHTS.map(({ bit, label, meaning }) => (
          <li key={bit}>
            <label className="flex cursor-pointer items-start gap-2.5">
              <input type="checkbox" className="mt-0.5 size-4 shrink-0 accent-(--accent)" checked={(rights & bit) !== 0} onChange={() => onChange(toggleRight(rights, bit))} />
              <span className="min-w-0">
                <span className="block text-sm">{label}</span>
                <span className="block text-xs text-ink-faint">{meaning}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p role="alert" className="text-xs font-medium text-bad">
          The rights {problem}.
        </p>
      )}
    </fieldset>
  );
}
