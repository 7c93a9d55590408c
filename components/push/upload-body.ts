import { ApiProblem } from "@/lib/client/api-problem";
import { fileAsBase64 } from "@/lib/client/read-file";
import type { UploadPushCertificateBody } from "@/lib/contracts/push-certificates";

export type UploadKind = "pem" | "p12";

/** The request body out of the form; throws an ApiProblem that names the file which is missing. */
export async function uploadBody(kind: UploadKind, form: FormData, confirmation: string | null): Promise<UploadPushCertificateBody> {
  const account = textOf(form, "appleAccount").trim();
  const further = {
    ...(account === "" ? {} : { appleAccount: account }),
    ...(confirmation === null ? {} : { confirmTopicChange: confirmation }),
  };
  if (kind === "p12") return { pkcs12: await fileAsBase64(fileOf(form, "pkcs12", "/pkcs12")), password: textOf(form, "password"), ...further };
  const certificate = fileOf(form, "certificate", "/certificatePem");
  const privateKey = fileOf(form, "privateKey", "/privateKeyPem");
  return { certificatePem: await certificate.text(), privateKeyPem: await privateKey.text(), ...further };
}

function fileOf(form: FormData, name: string, pointer: string): File {
  const file = form.get(name);
  if (file instanceof File && file.size > 0) return file;
  throw new ApiProblem({ code: "invalid-input", status: 0, title: "A file is missing", errors: [{ pointer, detail: "Choose a file." }] });
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
