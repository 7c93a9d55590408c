import type { UnknownContactRow } from "./unknown-contact-store";

/** Refusals after which an owner may take the stranger in: nobody else is known to hold this certificate. */
const ADOPTABLE: ReadonlySet<string> = new Set(["identity-unbound", "identity-unknown", "identity-retired", "certificate-foreign"]);

/** Whether this contact has proved and told enough to be taken in. */
export function isAdoptable(contact: Pick<UnknownContactRow, "reason" | "certificate" | "deviceKey" | "adoptedAt">): boolean {
  return ADOPTABLE.has(contact.reason) && contact.certificate !== null && contact.deviceKey !== null && contact.adoptedAt === null;
}
