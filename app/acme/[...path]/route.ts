import { acmeHandler } from "@/lib/http/acme-handler";

/** GET, HEAD and POST /acme/…: devices get an attested identity certificate (RFC 8555, draft-ietf-acme-device-attest). */
export const GET = acmeHandler;
export const HEAD = acmeHandler;
export const POST = acmeHandler;
