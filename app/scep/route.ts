import { scepHandler } from "@/lib/http/scep-handler";

/** GET and POST /scep: devices get their identity certificate (RFC 8894). */
export const GET = scepHandler;
export const POST = scepHandler;
