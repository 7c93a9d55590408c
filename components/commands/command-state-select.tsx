import { Select } from "@/components/ui/select";
import { COMMAND_STATES, wordsOf, type CommandState } from "@/lib/contracts/words";

const OPTIONS = [{ value: "", label: "Any state" }, ...wordsOf(COMMAND_STATES).map((value) => ({ value, label: COMMAND_STATES[value].label }))];

/** The state that a text names, if it names one. */
export const commandStateOf = (text: string | null): CommandState | undefined => wordsOf(COMMAND_STATES).find((each) => each === text);

/** Narrows a list of commands to a state; undefined is any. */
export function CommandStateSelect({ value, onChange }: { value: CommandState | undefined; onChange: (state: CommandState | undefined) => void }) {
  return <Select label="Command state" className="w-40" value={value ?? ""} options={OPTIONS} onChange={(text) => onChange(commandStateOf(text))} />;
}
