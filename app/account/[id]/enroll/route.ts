import { accountEnrollHandler } from "@/lib/http/account-handlers";

/** POST /account/{id}/enroll: BaseURL of account-driven enrollment. */
export const POST = accountEnrollHandler;
