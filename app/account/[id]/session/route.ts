import { accountSessionRoute } from "@/lib/http/account-sign-in-route";

/** POST /account/{id}/session: the form of the sign-in page. */
export const POST = accountSessionRoute;
