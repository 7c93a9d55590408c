import NextAuth from "next-auth";
import { authOptions } from "@/lib/accounts/auth-options";
import { announceUrlToNextAuth } from "@/lib/config/next-auth-url";
import { connectionStore } from "./connection";

/** next-auth's own routes: csrf, callback/credentials, session, signout and the rest. */
export async function authRoute(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  announceUrlToNextAuth();
  const remoteAddress = connectionStore.getStore()?.remoteAddress ?? "unknown";
  const answer: unknown = await NextAuth(request as never, context as never, authOptions(remoteAddress));
  if (answer instanceof Response) return answer;
  throw new TypeError("next-auth gave no Response");
}
