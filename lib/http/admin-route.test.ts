import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createApiToken } from "@/lib/accounts/api-token-service";
import { sessionSecret } from "@/lib/accounts/session-service";
import { insertUser } from "@/lib/accounts/user-store";
import { config } from "@/lib/config/config";
import type { Operation } from "@/lib/contracts/api";
import { problem, type Problem } from "@/lib/contracts/common";
import { MusterError } from "@/lib/contracts/errors";
import type { Role } from "@/lib/contracts/words";
import { database } from "@/lib/db/database";
import { withTestDatabase } from "@/tests/support/database";
import { adminRoute } from "./admin-route";

withTestDatabase();

const URL_OF_ROUTE = "http://localhost:3000/api/v1/things";
const READ = { method: "GET", path: "/things", summary: "", query: z.object({ limit: z.coerce.number().max(5).default(2) }), status: 200, answer: z.object({ limit: z.number(), label: z.string() }) } as const satisfies Operation;
const MAKE = { method: "POST", path: "/things/{id}", summary: "", params: z.object({ id: z.uuid() }), body: z.object({ name: z.string(), "a/b": z.array(z.number()).optional() }), status: 201, answer: z.object({ name: z.string(), turn: z.number() }) } as const satisfies Operation;
const PICK = { ...MAKE, path: "/picks", params: undefined, body: z.union([z.object({ a: z.object({ b: z.number() }) }), z.object({ c: z.number(), d: z.number() })]) } as const satisfies Operation;
const ID: string = randomUUID();

let turns = 0;
const read = adminRoute({ operation: READ, permission: "device:read" }, ({ query, actor }) => ({ ...query, label: actor.label, secret: "stays here" }));
const make = adminRoute({ operation: MAKE, permission: "link:write" }, ({ body }) => {
  if (body.name === "refused") throw new MusterError("conflict", "There is one already", { meta: { commandId: "c" } });
  if (body.name === "crash") throw new Error("password=hunter2");
  return { name: body.name, turn: ++turns };
});

const tokens: Partial<Record<Role, string>> = {};
let session = "";
beforeAll(async () => {
  for (const role of ["viewer", "operator"] as const) tokens[role] = (await createApiToken({ name: role, role, expiresAt: null }, null)).token;
  const user = { id: randomUUID(), email: "ada@example.com", name: "Ada", role: "operator" as const, passwordHash: "-" };
  await insertUser(database().pool, user);
  session = `next-auth.session-token=${await encode({ token: { sub: user.id, sessionVersion: 1 }, secret: sessionSecret() })}`;
});

const bearer = (role: Role = "operator") => ({ authorization: `Bearer ${tokens[role]}` });
const get = (headers: Record<string, string>, query = "") => read(new Request(`${URL_OF_ROUTE}${query}`, { headers }));
function post(body: unknown, headers: Record<string, string>, id = ID): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request(`${URL_OF_ROUTE}/${id}`, { method: "POST", body: text, headers: { "content-type": "application/json", ...headers } });
  return make(request, { params: Promise.resolve({ id }) });
}
async function problemOf(response: Response): Promise<Problem> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const parsed = problem.parse(await response.json());
  expect(parsed.status).toBe(response.status);
  expect(parsed.requestId).toBe(response.headers.get("x-request-id"));
  return parsed;
}

test("a token lets in, and only what the answer names goes out", async () => {
  const response = await get(bearer("viewer"));
  expect(await response.json()).toEqual({ limit: 2, label: "token:viewer" });
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
});

test("a session lets in", async () => {
  expect(await (await get({ cookie: `theme=dark; ${session}` })).json()).toMatchObject({ label: "user:ada@example.com" });
});

test("nobody gets in without a token or session that counts", async () => {
  const strangers: Record<string, string>[] = [{}, { authorization: "Bearer muster_wrong" }, { authorization: "Basic YTpi" }, { cookie: "next-auth.session-token=x" }];
  for (const headers of [...strangers, { authorization: "Bearer x", cookie: session }]) {
    const response = await get(headers);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await problemOf(response)).toMatchObject({ status: 401, code: "signed-out" });
  }
});

test("a viewer does no operator's work", async () => {
  expect(await problemOf(await post({ name: "a" }, bearer("viewer")))).toMatchObject({ status: 403, code: "forbidden" });
});

test.each<[string, Record<string, string>]>([
  ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }],
  ["another site whose browser sends no Fetch Metadata", { origin: "https://evil.example" }],
  ["a sibling of our site", { origin: "http://localhost:3000", "sec-fetch-site": "same-site" }],
  ["a sandboxed page", { origin: "null", "sec-fetch-site": "cross-site" }],
  ["a page that hides where it is", {}],
])("a change by session from %s is refused", async (_, headers) => {
  expect(await problemOf(await post({ name: "a" }, { cookie: session, ...headers }))).toMatchObject({ status: 403, code: "cross-site" });
});

test("a change by session from the console is accepted, under PUBLIC_URL or the name it was reached by", async () => {
  const accepted: Record<string, string>[] = [
    { origin: new URL(config().publicUrl).origin, "sec-fetch-site": "same-origin" },
    { origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" },
    { "sec-fetch-site": "same-origin" },
  ];
  for (const headers of accepted) expect((await post({ name: "a" }, { cookie: session, ...headers })).status).toBe(201);
});

test("a script with a token needs no origin", async () => {
  expect((await post({ name: "a" }, { ...bearer(), origin: "https://elsewhere.example" })).status).toBe(201);
});

test("bad values are named by JSON pointers", async () => {
  const { code, errors } = await problemOf(await post({ "a/b": [1, "x"] }, bearer()));
  expect(code).toBe("invalid-input");
  expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(["/a~1b/1", "/name"]);
  expect((await problemOf(await get(bearer(), "?limit=9"))).errors?.[0]?.pointer).toBe("/limit");
});

test("of alternatives the closest one is explained", async () => {
  const pick = adminRoute({ operation: PICK, permission: null }, () => ({ name: "", turn: 0 }));
  const request = new Request(URL_OF_ROUTE, { method: "POST", body: '{"a":{"b":"x"}}', headers: { "content-type": "application/json", ...bearer() } });
  expect((await problemOf(await pick(request))).errors?.map(({ pointer }) => pointer)).toEqual(["/a/b"]);
});

test("malformed JSON is 422 with a pointer to the whole", async () => {
  for (const body of ["{", "", '{"name": "\\ud800'.slice(0, 12)]) {
    expect(await problemOf(await post(body, bearer()))).toMatchObject({ status: 422, errors: [{ pointer: "" }] });
  }
});

test("a body that is not JSON is 415, one over 10 MiB 413", async () => {
  expect((await problemOf(await post({ name: "a" }, { ...bearer(), "content-type": "text/plain" }))).status).toBe(415);
  expect((await problemOf(await post({ name: "x".repeat(10 * 1024 * 1024) }, bearer()))).status).toBe(413);
});

test("an identifier that can be none is 404", async () => {
  expect((await problemOf(await post({ name: "a" }, bearer(), "../../etc/passwd' OR 1=1"))).status).toBe(404);
});

test("a coded error keeps its words and what the caller needs; any other keeps nothing", async () => {
  const conflict = await problemOf(await post({ name: "refused" }, bearer()));
  expect(conflict).toMatchObject({ status: 409, detail: "There is one already", meta: { commandId: "c" } });
  const crash = await problemOf(await post({ name: "crash" }, bearer()));
  expect(crash).toMatchObject({ status: 500, code: "internal" });
  expect(JSON.stringify(crash)).not.toContain("hunter2");
});

test("a request repeated with its key gets the first answer, without doing the work again", async () => {
  const key = { "idempotency-key": randomUUID() };
  const first = await post({ name: "once" }, { ...bearer(), ...key });
  const again = await post({ name: "once" }, { ...bearer(), ...key });
  expect([first.status, again.status]).toEqual([201, 201]);
  expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([null, "true"]);
  expect(await again.json()).toEqual(await first.json());
});

test("the same key under another body or address is refused; another caller's key is another key", async () => {
  const key = { "idempotency-key": randomUUID() };
  const { turn } = (await (await post({ name: "a" }, { ...bearer(), ...key })).json()) as { turn: number };
  expect(await problemOf(await post({ name: "b" }, { ...bearer(), ...key }))).toMatchObject({ code: "idempotency-mismatch" });
  expect(await problemOf(await post({ name: "a" }, { ...bearer(), ...key }, randomUUID()))).toMatchObject({ code: "idempotency-mismatch" });
  const other = await post({ name: "a" }, { cookie: session, origin: config().publicUrl, ...key });
  expect(await other.json()).not.toMatchObject({ turn });
});

test("ten equal requests at one moment do the work once", async () => {
  const headers = { ...bearer(), "idempotency-key": randomUUID() };
  const answers = await Promise.all(Array.from({ length: 10 }, () => post({ name: "race" }, headers).then((response) => response.json())));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test("a failed request leaves its key free", async () => {
  const headers = { ...bearer(), "idempotency-key": randomUUID() };
  expect((await post({ name: "crash" }, headers)).status).toBe(500);
  expect((await post({ name: "fine" }, headers)).status).toBe(201);
});

test("kept answers are sealed, for they may hold a token that is shown once", async () => {
  await post({ name: "secret-in-the-answer" }, { ...bearer(), "idempotency-key": randomUUID() });
  const { rows } = await database().pool.query(`SELECT r::text FROM "IdempotencyRecord" r`);
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain("secret-in-the-answer");
});
