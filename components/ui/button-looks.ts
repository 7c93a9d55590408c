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

export interface ButtonLooks {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  className?: string;
}

/** The class names of a button, for what cannot be a `Button`: the root pages of errors, whose scripts every page carries along. */
export function buttonLooks({ look = "secondary", size = "medium", className }: ButtonLooks): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center font-medium whitespace-nowrap transition-colors select-none",
    "disabled:pointer-events-none disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    LOOKS[look],
    SIZES[size],
    className,
  );
}
