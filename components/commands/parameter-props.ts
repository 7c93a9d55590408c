import type { ParameterSpec } from "@/lib/protocol/commands/command-spec";
import type { Draft } from "./parameter-draft";

/** What every control of a command's form is given. */
export interface ParameterProps {
  spec: ParameterSpec;
  draft: Draft;
  onChange: (draft: Draft) => void;
  /** JSON pointer below the parameters: "/PIN". */
  pointer: string;
  /** Complaints by pointer. */
  errors: ReadonlyMap<string, string>;
  /** In place of the key's name in words. */
  label?: string;
}
