import { z } from "zod";
import { instant } from "./common";

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

const upload = {
  appleAccount: z.string().trim().max(200).optional(),
  /** Needed when the topic differs from the one that devices depend on: the sentence of the 409 answer, typed. */
  confirmTopicChange: z.string().optional(),
};
export const uploadPushCertificateBody = z.union([
  z.object({ certificatePem: z.string().min(1).max(200_000), privateKeyPem: z.string().min(1).max(200_000), ...upload }),
  /** `pkcs12` is base64. */
  z.object({ pkcs12: z.base64().min(1).max(400_000), password: z.string().max(1000).default(""), ...upload }),
]);
export type UploadPushCertificateBody = z.input<typeof uploadPushCertificateBody>;

export const pushCertificateUploaded = pushCertificate.extend({ checks: z.array(certificateCheck) });
export type PushCertificateUploaded = z.infer<typeof pushCertificateUploaded>;
