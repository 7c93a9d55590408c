import { Field } from "./field";
import { TextInput } from "./inputs";

interface Props {
  /** What is to be typed: "the serial number". */
  what: string;
  word: string;
  typed: string;
  onChange: (typed: string) => void;
}

/** The last stop before something that cannot be taken back: a word typed by hand. */
export function TypedConfirmation({ what, word, typed, onChange }: Props) {
  return (
    <Field
      label={
        <>
          Type {what} <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-[13px]">{word}</code> to confirm
        </>
      }
    >
      {(control) => (
        <TextInput {...control} value={typed} onChange={(event) => onChange(event.target.value)} autoComplete="off" autoCapitalize="off" spellCheck={false} className="font-mono" />
      )}
    </Field>
  );
}

/** Is what was typed the word? Case and spaces at the ends do not count. */
export function typedMatches(typed: string, word: string): boolean {
  return typed.trim().toLowerCase() === word.trim().toLowerCase() && word.trim() !== "";
}
