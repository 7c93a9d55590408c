import { randomBytes, type KeyObject } from "node:crypto";
import {
  childAt, childrenOf, contextPrimitive, nullValue, objectIdentifier, octetString, octetsOf, oidOf, readAsn1, sequence, setOf, smallInteger,
  TAG, writeAsn1, type Asn1,
} from "./asn1";
import { serialHex, type Certificate } from "./certificate";
import { contentInfo } from "./cms-signed-data";
import { issuerAndSerial } from "./cms-signer-info";
import { CONTENT_CIPHERS, contentCipherOfOid, decryptContent, encryptContent, type ContentCipher } from "./content-cipher";
import { CryptoError, UnsupportedAlgorithmError } from "./crypto-error";
import { OID } from "./object-identifiers";
import { unwrapKey, wrapKey } from "./rsa-key-transport";

/**
 * Opens an EnvelopedData (RFC 5652 section 6) whose first recipient holds this RSA key, DER or BER.
 * @throws UnsupportedAlgorithmError for a cipher we do not take; CryptoError when it cannot be read or does not open
 */
export function openEnvelope(cms: Buffer, privateKey: KeyObject): { content: Buffer; cipher: ContentCipher } {
  const info = readAsn1(cms);
  if (oidOf(childAt(info, 0)) !== OID.envelopedData) throw new CryptoError("not an EnvelopedData message");
  const fields = childrenOf(childAt(info, 1, 0));
  const encrypted = fields.find((field, index) => index > 0 && isEncryptedContent(field));
  const recipient = childAt(fields.find((field) => field.type === TAG.SET && field.tagClass === 0), 0);
  if (oidOf(childAt(recipient, 2, 0)) !== OID.rsaEncryption) {
    throw new UnsupportedAlgorithmError("the envelope uses a key transport we do not take");
  }
  const cipher = contentCipherOfOid(oidOf(childAt(encrypted, 1, 0)));
  if (cipher === null) throw new UnsupportedAlgorithmError("the envelope uses a cipher we do not take");
  const key = unwrapKey(privateKey, octetsOf(childAt(recipient, 3)), CONTENT_CIPHERS[cipher].keyBytes);
  const iv = octetsOf(childAt(encrypted, 1, 1));
  return { content: decryptContent(cipher, key, iv, octetsOf(childAt(encrypted, 2))), cipher };
}

/** Was the envelope addressed to this certificate, by issuer and serial number? @throws CryptoError when it cannot be read */
export function isAddressedTo(cms: Buffer, certificate: Certificate): boolean {
  const fields = childrenOf(childAt(readAsn1(cms), 1, 0));
  const name = childAt(fields.find((field) => field.type === TAG.SET && field.tagClass === 0), 0, 1);
  return writeAsn1(childAt(name, 0)).equals(certificate.issuerDer) && serialHex(childAt(name, 1)) === certificate.serialNumber;
}

/** EncryptedContentInfo is the SEQUENCE after the recipients; further fields are tagged. */
const isEncryptedContent = (field: Asn1) => field.type === TAG.SEQUENCE && field.tagClass === 0;

/** Encrypts to the RSA key of one certificate, named by issuer and serial number. */
export function makeEnvelope(input: { content: Buffer; recipient: Certificate; cipher: ContentCipher }): Buffer {
  const { oid, keyBytes, blockBytes } = CONTENT_CIPHERS[input.cipher];
  const key = randomBytes(keyBytes);
  const iv = randomBytes(blockBytes);
  const recipient = sequence(
    smallInteger(0),
    issuerAndSerial(input.recipient),
    sequence(objectIdentifier(OID.rsaEncryption), nullValue()),
    octetString(wrapKey(input.recipient.publicKey, key)),
  );
  const encrypted = sequence(
    objectIdentifier(OID.data),
    sequence(objectIdentifier(oid), octetString(iv)),
    contextPrimitive(0, encryptContent(input.cipher, key, iv, input.content)),
  );
  return writeAsn1(contentInfo(OID.envelopedData, sequence(smallInteger(0), setOf(recipient), encrypted)));
}
