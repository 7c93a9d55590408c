import { personOfPasswordLink } from "@/lib/accounts/password-service";

/** Whose password a one-time link is for; null when it does not count, or no longer. */
export function personOfLink(token: string): Promise<{ email: string; name: string } | null> {
  return personOfPasswordLink(token);
}
