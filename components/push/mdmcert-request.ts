import { shellWord } from "@/lib/client/shell-word";
import type { PushCertificateRequestDto } from "@/lib/contracts/push-certificates";

interface Sender {
  /** The address registered there. */
  email: string;
  /** What the service gave this organization or project. */
  key: string;
}

/** The line that sends a request to mdmcert.download; this server never speaks to it. */
export function mdmcertLine({ url, csr, encrypt }: PushCertificateRequestDto["mdmcertDownload"], { email, key }: Sender): string {
  const body = JSON.stringify({ email, key, csr, encrypt });
  return [`curl ${shellWord(url)} \\`, `  -H 'Content-Type: application/json' \\`, `  -d ${shellWord(body)}`].join("\n");
}
