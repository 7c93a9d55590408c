import type { ProblemError } from "@/lib/contracts/common";

/** Complaints by JSON pointer below the parameters, wherever the pointers begin. */
export function errorMap(errors: readonly ProblemError[]): ReadonlyMap<string, string> {
  return new Map(errors.map(({ pointer, detail }) => [pointer.replace(/^\/(parameters|rawPlist)(?=\/|$)/, ""), detail]));
}
