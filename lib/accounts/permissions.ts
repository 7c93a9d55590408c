import type { Role } from "@/lib/contracts/words";

const VIEWER = ["device:read", "link:read", "push:read", "audit:read"] as const;
const OPERATOR = [...VIEWER, "device:command", "device:terminate", "link:write", "group:write", "view:write", "declaration:write", "profile:write", "secret:reveal"] as const;
const OWNER = [...OPERATOR, "push:write", "token:manage", "settings:write", "contact:adopt", "device:forget", "people:manage", "ade:write", "authority:write"] as const;

export type Permission = (typeof OWNER)[number];

/** What each role may do. Every check of the product reads this table. */
export const PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  viewer: VIEWER,
  operator: OPERATOR,
  owner: OWNER,
};

/** True when the role carries the permission. */
export function allows(role: Role, permission: Permission): boolean {
  return PERMISSIONS[role].includes(permission);
}
