import forge from "node-forge";

const CHUNK_BYTES = 50;
const { OCTETSTRING } = forge.asn1.Type;
const { UNIVERSAL, CONTEXT_SPECIFIC } = forge.asn1.Class;

/** The same message as Apple's clients write it: BER with indefinite lengths, long strings cut into pieces. */
export function withIndefiniteLengths(der: Buffer): Buffer {
  return encode(forge.asn1.fromDer(der.toString("latin1"), { strict: true, parseAllBytes: true, decodeBitStrings: false, maxDepth: 40 }));
}

function encode(node: forge.asn1.Asn1): Buffer {
  if (typeof node.value !== "string") return constructed(node, node.value.map(encode));
  const isString = (node.tagClass === UNIVERSAL && node.type === OCTETSTRING) || node.tagClass === CONTEXT_SPECIFIC;
  if (!isString || node.value.length <= 2 * CHUNK_BYTES) return Buffer.from(forge.asn1.toDer(node).getBytes(), "latin1");
  const pieces = node.value.match(new RegExp(`[^]{1,${CHUNK_BYTES}}`, "g")) ?? [];
  return constructed(node, pieces.map((piece) => Buffer.concat([Buffer.of(OCTETSTRING, piece.length), Buffer.from(piece, "latin1")])));
}

function constructed(node: forge.asn1.Asn1, parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(node.tagClass | 0x20 | node.type, 0x80), ...parts, Buffer.of(0, 0)]);
}
