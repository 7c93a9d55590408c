import type { PersonWithLink } from "@/lib/accounts/person-service";
import type { PersonRow } from "@/lib/accounts/person-store";
import type { PasswordLinkDto, PersonDto } from "@/lib/contracts/people";

export function toPersonDto(person: PersonRow): PersonDto {
  const state = person.disabledAt !== null ? "disabled" : person.hasPassword ? "active" : "invited";
  const { id, email, name, role } = person;
  return { id, email, name, role, state, createdAt: person.createdAt.toISOString(), lastSignInAt: person.lastSignInAt?.toISOString() ?? null };
}

export function toPasswordLinkDto({ person, url, expiresAt }: PersonWithLink): PasswordLinkDto {
  return { person: toPersonDto(person), url, expiresAt: expiresAt.toISOString() };
}
