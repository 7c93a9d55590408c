import type { Role } from "@/lib/contracts/words";

/** Who is asking: a signed-in person or a script with an API token. */
export interface Actor {
  kind: "user" | "token";
  id: string;
  name: string;
  /** Null for tokens. */
  email: string | null;
  role: Role;
  /** The person behind it: this one, or who made the token; null for a token that the server made. */
  personId: string | null;
  /** How events name this actor: `user:<e-mail>` or `token:<name>`. */
  label: string;
}

/** A signed-in person as an actor. */
export function userActor(user: { id: string; name: string; email: string; role: Role }): Actor {
  const { id, name, email, role } = user;
  return { kind: "user", id, name, email, role, personId: id, label: `user:${email}` };
}

/** A script as an actor. */
export function tokenActor(token: { id: string; name: string; role: Role; createdById: string | null }): Actor {
  const { id, name, role, createdById } = token;
  return { kind: "token", id, name, email: null, role, personId: createdById, label: `token:${name}` };
}
