import { expect, test } from "vitest";
import { answerTermination } from "@/lib/checkin/termination";
import { ERRORS, MusterError, type ErrorCode } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { refuseEnrollment } from "@/lib/enrollment/enrollment-refusal";
import { withTestDatabase } from "@/tests/support/database";
import { enrollOneForPush } from "@/tests/support/push-enrollments";
import { connectionStore } from "./connection";
import { emptyAnswer, type DeviceAnswer, type DeviceExchange } from "@/lib/protocol/device-exchange";
import { deviceRoute } from "./device-route";

withTestDatabase();

const OPTIONS = { maxBytes: 100, methods: ["PUT", "POST"] };
const URL_OF_ROUTE = "http://mdm.example/mdm/checkin?a=b+c/d%2F";

function exchange(changes: Partial<DeviceExchange> = {}): DeviceExchange {
  return {
    method: "PUT",
    path: "/mdm/checkin",
    rawQuery: "",
    headers: {},
    body: Buffer.alloc(0),
    remoteAddress: "192.0.2.1",
    clientCertificate: null,
    receivedAt: new Date(),
    ...changes,
  };
}
const put = (body: BodyInit | null = null) => new Request(URL_OF_ROUTE, { method: "PUT", body });
const answering = (answer: DeviceAnswer) => deviceRoute(OPTIONS, async () => answer);
const throwing = (error: unknown) =>
  deviceRoute(OPTIONS, async () => {
    throw error;
  });

test.each([401, 403])("a %i that termination did not make leaves as 500, by either lane", async (status) => {
  const route = answering({ status, headers: {}, body: "x" });
  expect(await route.exchange(exchange())).toEqual(emptyAnswer(500));
  expect((await route(put())).status).toBe(500);
});

/** A termination that was answered before and is repeated, since its answer may have been lost. */
async function termination(method: "unauthorized" | "unrecognized"): Promise<DeviceAnswer> {
  const { id, deviceId } = await enrollOneForPush("com.apple.mgmt.External.route", { terminationMethod: method, state: "ended", endedAt: new Date(), endedCause: "terminated", liveKey: null });
  await database().pool.query(`UPDATE "Device" SET "osVersion" = '18.1' WHERE "id" = $1`, [deviceId]);
  const answer = await answerTermination(database().pool, id, undefined);
  if (answer === null) throw new Error("it was not answered");
  return answer;
}

test.each([
  ["unauthorized", 401],
  ["unrecognized", 403],
] as const)("a termination (%s) leaves as it was made, by either lane", async (method, status) => {
  const answer = await termination(method);
  expect(await answering(answer).exchange(exchange())).toBe(answer);
  expect((await answering(answer)(put())).status).toBe(status);
});

test("a copy of a termination is none", async () => {
  const answer = { ...(await termination("unauthorized")) };
  expect((await answering(answer).exchange(exchange())).status).toBe(500);
});

test("a refusal of an enrollment leaves where devices enroll, and nowhere else", async () => {
  const answer = refuseEnrollment({ code: "com.apple.unrecognized.device" }, undefined);
  const enrolling = deviceRoute({ ...OPTIONS, enrolls: true }, async () => answer);
  expect(await enrolling.exchange(exchange())).toBe(answer);
  expect((await enrolling(put())).status).toBe(403);
  expect(await answering(answer).exchange(exchange())).toEqual(emptyAnswer(500));
  for (const status of [401, 403]) {
    const copy = deviceRoute({ ...OPTIONS, enrolls: true }, async () => ({ ...answer, status }));
    expect(await copy.exchange(exchange())).toEqual(emptyAnswer(500));
  }
});

test.each(Object.keys(ERRORS) as ErrorCode[])("the error %s never becomes a 401 or 403, and its words stay here", async (code) => {
  const answer = await throwing(new MusterError(code, "secret words")).exchange(exchange());
  expect(answer.status).toBe(ERRORS[code].device);
  expect([401, 403]).not.toContain(answer.status);
  expect(answer.body).toBeNull();
});

test("whatever else is thrown becomes an empty 500", async () => {
  for (const error of [new Error("boom"), "text", null, undefined]) {
    expect(await throwing(error).exchange(exchange())).toEqual(emptyAnswer(500));
  }
});

test("a database out of reach is answered 503, so that the device repeats", async () => {
  const answer = await throwing(Object.assign(new Error("refused"), { code: "ECONNREFUSED" })).exchange(exchange());
  expect(answer.status).toBe(503);
  expect(answer.headers["retry-after"]).toMatch(/^\d+$/);
});

test("a body over the limit is answered 413 before the work begins, declared or not", async () => {
  const route = throwing(new Error("must not run"));
  expect((await route(put("x".repeat(101)))).status).toBe(413);
  const stream = new ReadableStream({
    pull(controller) {
      controller.enqueue(new Uint8Array(60));
    },
  });
  const chunked = new Request(URL_OF_ROUTE, { method: "PUT", body: stream, duplex: "half" } as RequestInit);
  expect((await route(chunked)).status).toBe(413);
  expect((await route.exchange(exchange({ body: Buffer.alloc(101) }))).status).toBe(413);
});

test("a method that the route does not offer is answered 405 with those it does", async () => {
  const answer = await answering(emptyAnswer(200)).exchange(exchange({ method: "DELETE" }));
  expect(answer).toEqual({ status: 405, headers: { allow: "PUT, POST" }, body: null });
});

test("the work gets exact bytes, raw query, headers and connection", async () => {
  const seen: DeviceExchange[] = [];
  const route = deviceRoute(OPTIONS, async (incoming) => {
    seen.push(incoming);
    return { status: 200, headers: { "content-type": "text/plain" }, body: "äb" };
  });
  const connection = { remoteAddress: "192.0.2.9", clientCertificate: Buffer.from("der") };
  const bytes = Buffer.from([0, 255, 13, 10]);
  const response = await connectionStore.run(connection, () => route(put(new Uint8Array(bytes))));
  expect(seen[0]).toMatchObject({ method: "PUT", path: "/mdm/checkin", rawQuery: "a=b+c/d%2F", body: bytes, ...connection });
  expect(response.headers.get("content-length")).toBe("3");
  expect(await response.text()).toBe("äb");
});

test("without the server's word on the connection no certificate is believed", async () => {
  const route = deviceRoute(OPTIONS, async ({ clientCertificate, remoteAddress }) => {
    expect({ clientCertificate, remoteAddress }).toEqual({ clientCertificate: null, remoteAddress: "" });
    return emptyAnswer(200);
  });
  const request = new Request(URL_OF_ROUTE, { method: "PUT", headers: { "x-client-cert": ":AAAA:", "x-forwarded-for": "10.0.0.1" } });
  expect((await route(request)).status).toBe(200);
});
