import type { ReactNode } from "react";
import { wordsFromKey } from "@/lib/client/text";
import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";

interface Props {
  spec: ParameterSpec;
  /** In place of the key's name in words. */
  label?: string | undefined;
  error: string | undefined;
  children: ReactNode;
}

/** Fields that belong together: a list or a record inside the command. */
export function FieldGroup({ spec, label, error, children }: Props) {
  return (
    <fieldset className="grid min-w-0 gap-3 rounded-lg border border-line p-3">
      <legend className="px-1 font-medium">
        {label ?? wordsFromKey(spec.name)}
        {!spec.required && <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
      </legend>
      {spec.help !== "" && <p className="text-xs text-ink-faint">{spec.help}</p>}
      {children}
      {error !== undefined && (
        <p role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </fieldset>
  );
}
