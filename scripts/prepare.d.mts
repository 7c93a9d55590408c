/** Throws a sentence when this Node.js is too old. */
export function checkNode(version?: string): void;
