import { z } from "zod";
import { instant } from "./common";
import { PUSH_CERTIFICATE_STATES, wordsOf } from "./words";

/** One line of the table shown after an upload. */
export const certificateCheck = z.object({ name: z.string(), passed: z.boolean(), detail: z.string() });
export type CertificateCheck = z.infer<typeof certificateCheck>;

export const pushCertificate = z.object({
  id: z.uuid(),
  topic: z.string(),
  subject: z.string(),
  issuer: z.string(),
  serialNumber: z.string(),
  fingerprint: z.string(),
  notBefore: instant,
  notAfter: instant,
  appleAccount: z.string().nullable(),
  createdAt: instant,
  createdBy: z.string(),
  replacedAt: instant.nullable(),
  state: z.enum(wordsOf(PUSH_CERTIFICATE_STATES)),
  /** Live enrollments that depend on this topic. */
  enrollments: z.number().int(),
});
export type PushCertificateDto = z.infer<typeof pushCertificate>;

export const pushCertificateList = z.object({
  items: z.array(pushCertificate),
  /** The topic new profiles get. */
  currentTopic: z.string(),
  /** True while there is no push certificate and new devices get the test topic. */
  testTopic: z.boolean(),
});
export type PushCertificateList = z.infer<typeof pushCertificateList>;

/** A certificate with its key, as PEM or as one file. `pkcs12` is base64. */
const pemPair = z.object({
  certificatePem: z.string().min(1).max(200_000),
  privateKeyPem: z.string().min(1).max(200_000),
  privateKeyPassword: z.string().max(1000).default(""),
});
const pkcs12File = z.object({ pkcs12: z.base64().min(1).max(400_000), password: z.string().max(1000).default("") });

export const keyPairUpload = z.union([pemPair, pkcs12File]);
export type KeyPairUpload = z.input<typeof keyPairUpload>;

const upload = {
  /** Who signs in at Apple's portal; without it a renewal keeps the earlier one. */
  appleAccount: z.string().trim().max(200).optional(),
  /** Needed when the topic differs from the one that devices depend on: the sentence of the 409 answer, typed. */
  confirmTopicChange: z.string().optional(),
};
export const uploadPushCertificateBody = z.union([
  /** Without `privateKeyPem` the key of a waiting request is used. */
  pemPair.extend({ privateKeyPem: pemPair.shape.privateKeyPem.optional(), ...upload }),
  pkcs12File.extend(upload),
]);
export type UploadPushCertificateBody = z.input<typeof uploadPushCertificateBody>;

export const pushCertificateUploaded = pushCertificate.extend({ checks: z.array(certificateCheck) });
export type PushCertificateUploaded = z.infer<typeof pushCertificateUploaded>;

/** The MDM vendor certificate kept here; null when there is none. */
export const vendorCertificate = z.object({
  vendor: z
    .object({
      subject: z.string(),
      issuer: z.string(),
      serialNumber: z.string(),
      fingerprint: z.string(),
      notBefore: instant,
      notAfter: instant,
      createdAt: instant,
      createdBy: z.string(),
    })
    .nullable(),
});
export type VendorCertificateDto = z.infer<typeof vendorCertificate>;
export const vendorCertificateUploaded = vendorCertificate.extend({ checks: z.array(certificateCheck) });
export type VendorCertificateUploaded = z.infer<typeof vendorCertificateUploaded>;

export const createPushCertificateRequestBody = z.object({
  /** The topic to renew; leave it out for a first certificate. */
  topic: z.string().max(200).optional(),
  /** Stands in the CSR. */
  email: z.email().max(200).optional(),
});
export type CreatePushCertificateRequestBody = z.input<typeof createPushCertificateRequestBody>;

/** A key of ours on its way to becoming a push certificate. */
export const pushCertificateRequest = z.object({
  id: z.uuid(),
  topic: z.string().nullable(),
  /** Of the renewed certificate. */
  appleAccount: z.string().nullable(),
  csrPem: z.string(),
  /** What mdmcert.download is sent, as JSON by POST, together with `email` and `key`. */
  mdmcertDownload: z.object({ url: z.url(), csr: z.base64(), encrypt: z.base64() }),
  /** Null until somebody with an MDM vendor certificate has signed. */
  signed: z
    .object({
      by: z.enum(["vendor", "service"]),
      /** Subject of the vendor certificate. */
      signer: z.string(),
      at: instant,
      /** The whole content of the file for Apple's portal. */
      portalFile: z.base64(),
    })
    .nullable(),
  createdAt: instant,
  createdBy: z.string(),
});
export type PushCertificateRequestDto = z.infer<typeof pushCertificateRequest>;
/** Newest first. */
export const pushCertificateRequestList = z.object({ items: z.array(pushCertificateRequest) });

export const signPushCertificateRequestBody = z.union([
  /** With the vendor certificate kept here. */
  z.object({ by: z.literal("vendor") }),
  /** `answer`: base64 of the file that the service sent, encrypted or not. */
  z.object({ by: z.literal("service"), answer: z.base64().min(1).max(400_000) }),
]);
export type SignPushCertificateRequestBody = z.input<typeof signPushCertificateRequestBody>;
export const pushCertificateRequestSigned = pushCertificateRequest.extend({ checks: z.array(certificateCheck) });
