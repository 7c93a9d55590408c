import { hasOidc } from "@/lib/accounts/oidc-provider";

/** Does the sign-in page offer the OpenID provider too? */
export function isOidcOffered(): boolean {
  return hasOidc();
}
