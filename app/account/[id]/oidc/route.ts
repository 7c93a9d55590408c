import { accountOidcRoute } from "@/lib/http/account-sign-in-route";

/** GET /account/{id}/oidc: signs in at the organization's OpenID provider. */
export const GET = accountOidcRoute;
