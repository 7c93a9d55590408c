const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id that a device names, in lower case as ours are; null for any other text. */
export function uuidOrNull(text: string | null): string | null {
  const id = text?.toLowerCase() ?? null;
  return id !== null && isUuid(id) ? id : null;
}

/** Is it an id, as we write them? Of anything else the database complains. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
