import { expect, test } from "vitest";
import { isIssuedBy, readCertificate } from "@/lib/crypto/certificate";
import { APPLE_ROOT_FINGERPRINTS, publishedAuthorities } from "./apple-authorities";
import { problemOfChain } from "./vendor-chain";

test("what Apple publishes is a chain to a root we know", () => {
  const [relations, root] = publishedAuthorities().map(readCertificate);
  if (relations === undefined || root === undefined) throw new Error("an authority is missing");
  expect(isIssuedBy(relations, root)).toBe(true);
  expect(APPLE_ROOT_FINGERPRINTS).toContain(root.fingerprint);
  expect(relations.fingerprint).toBe("dcf21878c77f4198e4b4614f03d696d89c66c66008d4244e1b99161aac91601f");
  expect(problemOfChain([root, relations])).not.toBeNull();
});
