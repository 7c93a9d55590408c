import { accountTokenHandler } from "@/lib/http/account-handlers";

/** POST /account/{id}/token: the token endpoint of account-driven enrollment by OAuth 2. */
export const POST = accountTokenHandler;
