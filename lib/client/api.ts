import type { API as Contract, Operation } from "@/lib/contracts/api";
import { ROUTES } from "@/lib/contracts/routes";

/** An operation as the browser knows it: where it is. What goes in and out is known to the compiler alone. */
export interface Endpoint<O extends Operation> {
  readonly method: O["method"];
  readonly path: O["path"];
  /** Never there: it carries the types. */
  readonly contract?: O;
}

export const API: { readonly [Name in keyof typeof Contract]: Endpoint<(typeof Contract)[Name]> } = ROUTES;
