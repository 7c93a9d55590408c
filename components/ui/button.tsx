import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const LOOKS = {
  primary: "bg-solid text-on-solid hover:bg-solid-hover",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-hover",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink",
  danger: "bg-danger text-white hover:bg-danger-hover",
} as const;

const SIZES = {
  small: "h-7 gap-1.5 rounded-md px-2.5 text-xs",
  medium: "h-9 gap-2 rounded-lg px-3.5 text-sm",
  icon: "size-9 rounded-lg",
  "small-icon": "size-7 rounded-md",
} as const;

interface Props extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  /** Shows that the click is being worked on, and takes no second one. */
  busy?: boolean;
  /** Puts the looks on the one child, a link for example. */
  asChild?: boolean;
}

export function Button({ look = "secondary", size = "medium", busy = false, asChild = false, className, children, disabled, ...rest }: Props) {
  const looks = classNames(
    "inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none",
    "disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    LOOKS[look],
    SIZES[size],
    className,
  );
  if (asChild) {
    return (
      <Slot.Root className={looks} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type="button" className={looks} disabled={disabled === true || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <LoaderCircle aria-hidden className="animate-spin" />}
      {children}
    </button>
  );
}
