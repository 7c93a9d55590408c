import type { ApiTokenRow } from "@/lib/accounts/api-token-store";
import type { ApiTokenDto } from "@/lib/contracts/accounts";

/** Names every field that leaves; the hash stays. */
export function toApiTokenDto(token: ApiTokenRow): ApiTokenDto {
  return {
    id: token.id,
    name: token.name,
    role: token.role,
    prefix: token.prefix,
    createdAt: token.createdAt.toISOString(),
    createdBy: token.createdBy,
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
