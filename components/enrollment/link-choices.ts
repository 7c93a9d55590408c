import { ADMISSION_RULES, IDENTITY_KINDS, RESTORE_POLICIES } from "@/lib/contracts/words";

/** Choices that links and account-driven enrollment have in common. */
export const ADMISSION_CHOICES = Object.entries(ADMISSION_RULES).map(([value, { label }]) => ({ value, label }));
export const RESTORE_CHOICES = [{ value: "", label: "As set for everybody" }, ...Object.entries(RESTORE_POLICIES).map(([value, { label }]) => ({ value, label }))];
export const IDENTITY_CHOICES = Object.entries(IDENTITY_KINDS).map(([value, label]) => ({ value, label: String(label) }));

/** The word that a choice stands for; the control offers no other. */
export function chosen<T extends Record<string, unknown>>(table: T, value: string, otherwise: keyof T): keyof T {
  return Object.hasOwn(table, value) ? value : otherwise;
}
