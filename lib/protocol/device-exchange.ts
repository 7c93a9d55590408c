/** One request of a device, read whole: what a device route works on, whether Next or the server itself took it. */
export interface DeviceExchange {
  method: string;
  path: string;
  /** The query as it came, without "?": SCEP clients leave "+" and "/" unescaped. */
  rawQuery: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The exact bytes: Mdm-Signature covers them. */
  body: Buffer;
  /** The peer, or what a trusted proxy says of it. */
  remoteAddress: string;
  /** DER, from our own TLS or from a trusted proxy's header; null when there is none. */
  clientCertificate: Buffer | null;
  receivedAt: Date;
}

export interface DeviceAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string | null;
}

/** An answer with an empty body. */
export function emptyAnswer(status: number): DeviceAnswer {
  return { status, headers: {}, body: null };
}
