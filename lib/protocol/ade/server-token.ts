import { z } from "zod";
import { ProtocolError } from "../protocol-error";

/** What signs our requests to Apple's device assignment service; lives about a year. */
const serverToken = z.object({
  consumer_key: z.string().min(1).max(200),
  consumer_secret: z.string().min(1).max(200),
  access_token: z.string().min(1).max(500),
  access_secret: z.string().min(1).max(200),
  access_token_expiry: z.iso.datetime({ offset: true }),
});

export interface ServerToken {
  consumerKey: string;
  consumerSecret: string;
  accessToken: string;
  accessSecret: string;
  expiresAt: Date;
}

const MESSAGE = /-----BEGIN MESSAGE-----([^]*?)-----END MESSAGE-----/;

/**
 * Reads what stands inside a decrypted server token: MIME text around JSON between two marks, with lines ended in either way.
 * @throws ProtocolError message-malformed; its words never quote the token
 */
export function readServerToken(decrypted: Buffer): ServerToken {
  const text = MESSAGE.exec(decrypted.toString("utf8"))?.[1];
  const parsed = serverToken.safeParse(jsonOrNull(text));
  if (!parsed.success) throw new ProtocolError("message-malformed", "what was decrypted is not a server token");
  const { data } = parsed;
  return {
    consumerKey: data.consumer_key,
    consumerSecret: data.consumer_secret,
    accessToken: data.access_token,
    accessSecret: data.access_secret,
    expiresAt: new Date(data.access_token_expiry),
  };
}

function jsonOrNull(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return null;
  }
}
