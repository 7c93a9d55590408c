import type { StatusItems } from "./status-report";

/** What a device says of one declaration. What it does not say is null. */
export interface DeclarationReport {
  serverToken: string | null;
  active: boolean | null;
  /** valid, invalid, unknown */
  valid: string | null;
  reasons: unknown[];
}

/** The status item management.declarations (Apple, "StatusManagementDeclarations"), by identifier. A device may have sent anything there. */
export function declarationReports(status: StatusItems): Map<string, DeclarationReport> {
  const kinds: unknown = status["management.declarations"];
  const lists: unknown[] = typeof kinds === "object" && kinds !== null ? Object.values(kinds) : [];
  return new Map(lists.flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : [])).flatMap((element) => reportOf(element)));
}

function reportOf(element: unknown): [string, DeclarationReport][] {
  if (typeof element !== "object" || element === null) return [];
  const fields = element as Record<string, unknown>;
  const { identifier, active, valid, reasons } = fields;
  if (typeof identifier !== "string") return [];
  const serverToken = fields["server-token"];
  return [[identifier, {
    serverToken: typeof serverToken === "string" ? serverToken : null,
    active: typeof active === "boolean" ? active : null,
    valid: typeof valid === "string" ? valid : null,
    reasons: Array.isArray(reasons) ? (reasons as unknown[]) : [],
  }]];
}
