import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { buttonLooks, type ButtonLooks } from "./button-looks";

interface Props extends ComponentProps<"button">, Pick<ButtonLooks, "look" | "size"> {
  /** Shows that the click is being worked on, and takes no second one. */
  busy?: boolean;
  /** Puts the looks on the one child, a link for example. */
  asChild?: boolean;
}

export function Button({ look, size, busy = false, asChild = false, className, children, disabled, ...rest }: Props) {
  const looks = buttonLooks({ look, size, className });
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
