/** What lint has to say of one place of a profile. */
export interface LintFinding {
  /** An error keeps the profile from being assigned. */
  severity: "error" | "warning" | "note";
  /** JSON pointer (RFC 6901) into the property list. */
  pointer: string;
  detail: string;
}
