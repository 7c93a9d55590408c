import { childrenOf, isContext, objectIdentifier, sequence, setOf, smallInteger, TAG, writeAsn1 } from "./asn1";
import { certificateSet, contentInfo, signedDataFields } from "./cms-signed-data";
import { OID } from "./object-identifiers";

/** A SignedData without content and signers, which only carries certificates, in this order (RFC 8894 section 3.4). */
export function certificatesOnly(ders: Buffer[]): Buffer {
  const fields = [smallInteger(1), setOf(), sequence(objectIdentifier(OID.data)), certificateSet(ders), setOf()];
  return writeAsn1(contentInfo(OID.signedData, sequence(...fields)));
}

/** The certificates of such a message as DER. @throws CryptoError when it is not one */
export function readCertificatesOnly(cms: Buffer): Buffer[] {
  const certificates = childrenOf(signedDataFields(cms)).find((field) => isContext(field, 0));
  if (certificates === undefined) return [];
  return childrenOf(certificates).filter((node) => node.type === TAG.SEQUENCE).map(writeAsn1);
}
