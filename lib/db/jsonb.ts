/**
 * JSON text that PostgreSQL takes as jsonb. A lone surrogate, which a device can send and JSON.stringify writes as an
 * escape, would be refused and the device would repeat its message for ever.
 */
export function toJsonb(value: unknown): string {
  return JSON.stringify(value ?? null).replace(/\\u(d[89a-f][0-9a-f]{2}|0000)/gi, "\\ufffd");
}
