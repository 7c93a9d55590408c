import { existsSync } from "node:fs";
import path from "node:path";
import sirv from "sirv";
import type { RequestHandler } from "./listener";

const FOLDER = path.join(".next", "static");
const PREFIX = "/_next/static/";

/**
 * Scripts, styles and fonts of the build, as the build has compressed them (Brotli, or gzip for who knows no better). Their names hold a
 * hash of their content, so they may be kept for ever. What is not there goes on to `rest`.
 */
export function withStaticFiles(rest: RequestHandler): RequestHandler {
  if (!existsSync(FOLDER)) return rest;
  const serve = sirv(FOLDER, { brotli: true, gzip: true, immutable: true, maxAge: 31_536_000, setHeaders: (response) => void response.setHeader("x-content-type-options", "nosniff") });
  return async (request, response) => {
    const url = request.url ?? "";
    if (!url.startsWith(PREFIX)) return rest(request, response);
    request.url = url.slice(PREFIX.length - 1);
    serve(request, response, () => {
      request.url = url;
      void rest(request, response);
    });
  };
}
