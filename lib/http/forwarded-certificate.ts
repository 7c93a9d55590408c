import { log } from "@/lib/config/log";

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * DER of the client certificate in a trusted proxy's header, null when the header holds none. Read are
 * `:base64:` (RFC 9440 section 2.1) and percent-encoded PEM as nginx ($ssl_client_escaped_cert) and
 * AWS (X-Amzn-Mtls-Clientcert, which leaves "+", "/" and "=" as they are) send it; of a chain, the first.
 */
export function readForwardedCertificate(header: string): Buffer | null {
  const value = header.trim();
  // Proxies name the absence of a certificate in several ways.
  if (value === "" || value === "-" || value === "(null)") return null;
  const der = /^:[^:]*:$/.test(value) ? fromBase64(value.slice(1, -1)) : fromEscapedPem(value);
  if (der === null) log.warn("A trusted proxy sent a client certificate that cannot be read");
  return der;
}

function fromEscapedPem(value: string): Buffer | null {
  // decodeURIComponent keeps "+", which some proxies leave unescaped: here it is base64, never a space.
  const pem = decoded(value);
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(pem ?? "")?.[1];
  return body === undefined ? null : fromBase64(body.replace(/\s+/g, ""));
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

function fromBase64(text: string): Buffer | null {
  return BASE64.test(text) ? Buffer.from(text, "base64") : null;
}
