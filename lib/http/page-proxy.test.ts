import { NextRequest } from "next/server";
import { expect, test } from "vitest";
import { config } from "@/proxy";
import { pageProxy } from "./page-proxy";

const ORIGIN = "http://localhost:3000";
const matches = (pathname: string) => config.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(pathname));
const page = (address: string, signedIn = true) =>
  pageProxy(new NextRequest(`${ORIGIN}${address}`, signedIn ? { headers: { cookie: "next-auth.session-token=x" } } : {}));

test("a browser without a session is sent to the sign-in page, and back to where it wanted to go", () => {
  const response = page("/devices?state=enrolled", false);
  expect(response.status).toBe(307);
  expect(response.headers.get("location")).toBe(`${ORIGIN}/sign-in?callbackUrl=%2Fdevices%3Fstate%3Denrolled`);
});

test("the pages of people without an account stay open", () => {
  for (const address of ["/sign-in", "/setup?token=x", "/enroll/abc"]) expect(page(address, false).status).toBe(200);
  expect(page("/setups", false).status).toBe(307);
});

test("each page gets a script nonce of its own, which Next is told", () => {
  const nonceOf = (text: string | null) => /'nonce-([^']+)'/.exec(text ?? "")?.[1];
  const [first, second] = [page("/"), page("/")];
  const policy = first.headers.get("content-security-policy");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  expect(nonceOf(policy)).not.toBe(nonceOf(second.headers.get("content-security-policy")));
  expect(nonceOf(first.headers.get("x-middleware-request-content-security-policy"))).toBe(nonceOf(policy));
});

test("it runs for pages, and for nothing that devices or scripts ask", () => {
  for (const pathname of ["/", "/devices", "/devices/1", "/sign-in", "/enroll/abc", "/scepters"]) expect([pathname, matches(pathname)]).toEqual([pathname, true]);
  for (const pathname of ["/api/v1/me", "/mdm/checkin", "/mdm/connect", "/scep", "/healthz", "/metrics", "/_next/static/a.js", "/.well-known/com.apple.remotemanagement", "/icon.svg"]) {
    expect([pathname, matches(pathname)]).toEqual([pathname, false]);
  }
});
