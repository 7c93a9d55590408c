const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Is it an id, as we write them? Of anything else the database complains. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
