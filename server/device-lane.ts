import type { IncomingMessage, ServerResponse } from "node:http";
import * as adeEnroll from "@/app/ade/enroll/route";
import * as adeWeb from "@/app/ade/web/route";
import * as acme from "@/app/acme/[...path]/route";
import * as checkin from "@/app/mdm/checkin/route";
import * as connect from "@/app/mdm/connect/route";
import * as echo from "@/app/mdm/echo/route";
import * as scep from "@/app/scep/route";
import { connectionOf } from "@/lib/http/connection";
import { emptyAnswer, type DeviceAnswer, type DeviceExchange } from "@/lib/protocol/device-exchange";
import type { DeviceHandler } from "@/lib/http/device-route";
import { BodyRefused, readRequestBody } from "./request-body";

/** The handlers that a route.ts exports, by method. */
type Route = Readonly<Record<string, DeviceHandler>>;

/**
 * Device routes that the server calls itself: through Next the same handler costs forty times the CPU of a
 * request. Next has them too, and would answer alike. "*" stands for every path below.
 */
const LANE: ReadonlyMap<string, Route> = new Map<string, Route>([
  ["/mdm/checkin", { ...checkin }],
  ["/mdm/connect", { ...connect }],
  ["/mdm/echo", { ...echo }],
  ["/scep", { ...scep }],
  ["/ade/enroll", { ...adeEnroll }],
  ["/ade/web", { ...adeWeb }],
  ["/acme/*", { ...acme }],
]);

/** Serves the request if its path is one of the lane's; answers whether it did. */
export function serveDevice(request: IncomingMessage, response: ServerResponse, lane = LANE): boolean {
  const url = request.url ?? "";
  const end = url.indexOf("?");
  const path = end < 0 ? url : url.slice(0, end);
  const route = lane.get(path) ?? lane.get(`${path.slice(0, path.indexOf("/", 1) + 1)}*`);
  if (!route) return false;
  const rawQuery = end < 0 ? "" : url.slice(end + 1);
  void answerDevice(request, response, route, { path, rawQuery }).catch(() => response.destroy());
  return true;
}

async function answerDevice(request: IncomingMessage, response: ServerResponse, route: Route, place: Pick<DeviceExchange, "path" | "rawQuery">): Promise<void> {
  const method = request.method ?? "GET";
  // As Next does: a route that answers GET answers HEAD.
  const handler = route[method] ?? (method === "HEAD" ? route.GET : undefined);
  if (!handler) return write(response, { ...emptyAnswer(405), headers: { allow: Object.keys(route).join(", ") } });
  const body = await readRequestBody(request, handler.maxBytes);
  if (body instanceof BodyRefused) {
    return write(response, { ...emptyAnswer(body.status), headers: { connection: "close", "retry-after": "30" } });
  }
  const answer = await handler.exchange({
    method,
    ...place,
    // Node joins repeated headers; the one it keeps as a list, Set-Cookie, is no request header.
    headers: request.headers as Record<string, string | undefined>,
    body,
    ...connectionOf(request),
    receivedAt: new Date(),
  });
  write(response, answer);
}

function write(response: ServerResponse, { status, headers, body }: DeviceAnswer): void {
  if (response.destroyed) return;
  const length = body === null ? 0 : Buffer.byteLength(body);
  response.writeHead(status, { ...headers, "content-length": length }).end(body ?? undefined);
}
