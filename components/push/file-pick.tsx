import { Field } from "@/components/ui/field";

interface Props {
  name: string;
  label: string;
  help: string;
  accept: string;
  error: string | null;
  several?: boolean;
  onFiles?: (files: File[]) => void;
}

export function FilePick({ name, label, help, accept, error, several = false, onFiles }: Props) {
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <input
          {...control}
          type="file"
          name={name}
          accept={accept}
          multiple={several}
          onChange={(event) => onFiles?.([...(event.target.files ?? [])])}
          className="w-full rounded-lg border border-line-strong bg-surface text-ink-soft aria-invalid:border-bad file:mr-3 file:h-9 file:border-0 file:border-r file:border-line-strong file:bg-sunken file:px-3 file:font-medium file:text-ink"
        />
      )}
    </Field>
  );
}
