import { accountCallbackRoute } from "@/lib/http/account-sign-in-route";

/** GET /account/callback: the way back from the OpenID provider. */
export const GET = accountCallbackRoute;
