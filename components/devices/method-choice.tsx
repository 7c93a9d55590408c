import { RadioGroup } from "radix-ui";
import { TERMINATION_METHODS, wordsOf, type TerminationMethod } from "@/lib/contracts/words";

/** What happens on the device, for the person who has to decide. */
const EXPERIENCE: Record<TerminationMethod, string> = {
  "remove-profile": "The gentle way. The device removes the enrollment profile with all it brought (settings, managed apps, accounts) and says goodbye. It needs to connect once and carry the command out.",
  unrecognized: "The device removes its management as soon as it hears this answer, without any command. Older systems hear 401 in its place.",
  unauthorized: "The device drops its management at its next contact, without any command and on every system. Meant for devices that no longer obey.",
};

interface Props {
  method: TerminationMethod;
  onChange: (method: TerminationMethod) => void;
  /** Does the one device know this way? Nobody asks of many. */
  fits?: (method: TerminationMethod) => boolean;
}

/** How management ends. */
export function MethodChoice({ method, onChange, fits = () => true }: Props) {
  return (
    <RadioGroup.Root aria-label="Method" value={method} onValueChange={(next) => onChange(next as TerminationMethod)} className="grid gap-2">
      {wordsOf(TERMINATION_METHODS).map((each) => (
        <RadioGroup.Item key={each} value={each} className="group flex gap-3 rounded-lg border border-line p-3 text-left hover:bg-hover data-[state=checked]:border-ink">
          <span aria-hidden className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong group-data-[state=checked]:border-ink">
            <span className="hidden size-2 rounded-full bg-ink group-data-[state=checked]:block" />
          </span>
          <span className="grid gap-0.5">
            <span className="font-medium">{TERMINATION_METHODS[each].label}</span>
            <span className="text-xs text-ink-soft">{TERMINATION_METHODS[each].meaning}</span>
            <span className="hidden text-xs text-ink-soft group-data-[state=checked]:block">{EXPERIENCE[each]}</span>
            {!fits(each) && <span className="text-xs text-warning">This device&apos;s system does not know it: it hears 401 instead.</span>}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
