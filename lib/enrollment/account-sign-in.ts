import { config } from "@/lib/config/config";
import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { recordEvents } from "@/lib/events/event-log";
import { checkPassword, normalEmail } from "@/lib/accounts/sign-in-service";
import type { AccountConfigurationRow } from "./account-configuration-store";
import { issueAccountToken } from "./account-token-service";

/** Where Apple's systems wait for the end of the sign-in; nothing that comes with a request changes it. */
const WEB_RESULT = "apple-remotemanagement-user-login://authentication-results";
export const OAUTH_RESULT = "apple-remotemanagement-user-login:/oauth2/redirection";

/** The page on which people sign in. */
export function accountSignInUrl(id: string): string {
  return `${config().publicUrl}/account/${id}/sign-in`;
}

/**
 * Signs a person in by the password of a local account.
 * @throws MusterError too-many-attempts, sign-in-refused
 */
export async function signInByPassword(configuration: AccountConfigurationRow, typed: { email: string; password: string }, remoteAddress: string): Promise<string> {
  const user = await checkPassword({ ...typed, remoteAddress });
  if (user === null) throw new MusterError("sign-in-refused", "E-mail or password is wrong");
  return admitAccount(configuration, user.email, remoteAddress);
}

/**
 * A person has proved who it is: is it one of the domain? Answers the Managed Apple Account.
 * @throws MusterError sign-in-refused
 */
export async function admitAccount(configuration: AccountConfigurationRow, email: string, remoteAddress: string): Promise<string> {
  const account = normalEmail(email);
  const { id, domain, linkId } = configuration;
  const fits = account.slice(account.lastIndexOf("@") + 1) === domain;
  const kind = fits ? "account.signed-in" : "account.sign-in-refused";
  await recordEvents(database().pool, [{ kind, actor: "device", linkId, data: { configurationId: id, account, remoteAddress } }]);
  if (!fits) throw new MusterError("sign-in-refused", `This account is not one of ${domain}`);
  return account;
}

/** Where the device is sent after the sign-in: with an access token, or with a code for one. `state` is what it gave us (OAuth 2). */
export async function signInResult({ id, method }: AccountConfigurationRow, account: string, state: string | null): Promise<string> {
  if (method === "apple-as-web") return `${WEB_RESULT}?${new URLSearchParams({ "access-token": await issueAccountToken(id, account, "access") }).toString()}`;
  const query = new URLSearchParams({ code: await issueAccountToken(id, account, "code"), ...(state === null ? {} : { state }) });
  return `${OAUTH_RESULT}?${query.toString()}`;
}
