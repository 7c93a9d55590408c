import type { RevealedSecret } from "@/lib/contracts/devices";
import type { OpenedSecret } from "@/lib/devices/secret-store";

/** PINs, passwords and codes are text; tokens and encrypted recovery keys are bytes. */
export function toRevealedSecret({ id, kind, learnedAt, value }: OpenedSecret): RevealedSecret {
  const text = printable(value);
  return { id, kind, learnedAt: learnedAt.toISOString(), encoding: text === null ? "base64" : "text", value: text ?? value.toString("base64") };
}

function printable(value: Buffer): string | null {
  const text = value.toString("utf8");
  return /^[\P{C}]+$/u.test(text) && Buffer.from(text).equals(value) ? text : null;
}
