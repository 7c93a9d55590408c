import type { Actor } from "@/lib/accounts/actor";
import { PERMISSIONS } from "@/lib/accounts/permissions";
import type { Me } from "@/lib/contracts/accounts";

export function toMeDto(actor: Actor): Me {
  const { kind, id, name, email, role } = actor;
  return { kind, id, name, email, role, permissions: [...PERMISSIONS[role]] };
}
