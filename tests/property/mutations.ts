import fc from "fast-check";

/** What happens to a message on its way through hostile hands. */
type Change =
  | { kind: "set"; at: number; byte: number }
  | { kind: "flip"; at: number; bit: number }
  | { kind: "cut"; at: number; length: number }
  | { kind: "insert"; at: number; bytes: Uint8Array }
  | { kind: "repeat"; at: number; length: number };

const at = fc.double({ min: 0, max: 1, noNaN: true });
const length = fc.integer({ min: 1, max: 64 });
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at, byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({ kind: fc.constant("flip" as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  fc.record({ kind: fc.constant("cut" as const), at, length }),
  fc.record({ kind: fc.constant("insert" as const), at, bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }) }),
  fc.record({ kind: fc.constant("repeat" as const), at, length }),
);

/** One of the messages after one to five changes. */
export function mutated(messages: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const changes = fc.array(change, { minLength: 1, maxLength: 5 });
  return fc.tuple(fc.constantFrom(...messages), changes).map(([message, list]) => list.reduce(apply, message));
}

function apply(message: Buffer, made: Change): Buffer {
  const place = Math.min(message.length - 1, Math.floor(made.at * message.length));
  if (place < 0) return message;
  const [before, after] = [message.subarray(0, place), message.subarray(place)];
  switch (made.kind) {
    case "set":
      return Buffer.concat([before, Buffer.of(made.byte), after.subarray(1)]);
    case "flip":
      return Buffer.concat([before, Buffer.of((message[place] ?? 0) ^ (1 << made.bit)), after.subarray(1)]);
    case "cut":
      return Buffer.concat([before, after.subarray(made.length)]);
    case "insert":
      return Buffer.concat([before, made.bytes, after]);
    case "repeat":
      return Buffer.concat([before, after.subarray(0, made.length), after]);
  }
}
