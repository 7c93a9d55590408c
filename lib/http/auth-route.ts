import NextAuth from "next-auth";
import { NextRequest } from "next/server";
import { authOptions } from "@/lib/accounts/auth-options";
import { announceUrlToNextAuth } from "@/lib/config/next-auth-url";
import { peerAddress } from "./connection";
import { readBody } from "./read-body";

/** An e-mail, a password and a CSRF token; next-auth itself would read any length. */
const MAX_BODY_BYTES = 16 * 1024;

type NextAuthRoute = (request: NextRequest, context: { params: Promise<{ nextauth: string[] }> }) => Promise<Response>;

/** next-auth's own routes: csrf, callback/credentials, session, signout and the rest. */
export async function authRoute(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const body = await readBody(request, MAX_BODY_BYTES).catch(() => null);
  if (body === null) return new Response(null, { status: 413 });
  announceUrlToNextAuth();
  const route = NextAuth(authOptions(peerAddress())) as NextAuthRoute; // next-auth 4 types its handlers as any
  const { url, method, headers } = request;
  return route(new NextRequest(url, { method, headers, body: body.length === 0 ? null : new Uint8Array(body) }), context);
}
