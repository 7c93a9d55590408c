import { useId, type ReactNode } from "react";

/** What a control inside a field must carry to be tied to its label, help and error. */
export interface FieldControl {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

interface Props {
  label: ReactNode;
  help?: ReactNode;
  /** Said at the field, in words. */
  error?: string | null | undefined;
  optional?: boolean;
  children: (control: FieldControl) => ReactNode;
}

/** A label, a control, its help and what is wrong with it. */
export function Field({ label, help, error = null, optional = false, children }: Props) {
  const id = useId();
  const helpId = `${id}-help`;
  const errorId = `${id}-error`;
  const described = [help === undefined ? null : helpId, error === null ? null : errorId].filter((part) => part !== null).join(" ");
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
        {optional && <span className="ml-1.5 font-normal text-ink-faint">optional</span>}
      </label>
      {children({ id, "aria-describedby": described === "" ? undefined : described, "aria-invalid": error === null ? undefined : true })}
      {help !== undefined && (
        <p id={helpId} className="text-xs text-ink-faint">
          {help}
        </p>
      )}
      {error !== null && (
        <p id={errorId} role="alert" className="text-xs font-medium text-bad">
          {error}
        </p>
      )}
    </div>
  );
}
