import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const LOOKS = "w-full rounded-lg border border-line-strong bg-surface px-3 text-ink aria-invalid:border-bad disabled:opacity-50 max-sm:text-base";

export function TextInput({ className, ...rest }: ComponentProps<"input">) {
  return <input className={classNames(LOOKS, "h-9", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={classNames(LOOKS, "min-h-24 py-2", className)} {...rest} />;
}
