import { ApiProblem } from "@/lib/client/api-problem";
import { fileAsBase64, filesAsPem } from "@/lib/client/read-file";
import type { KeyPairUpload } from "@/lib/contracts/push-certificates";

export type KeyPairKind = "pem" | "p12";

/** What a form says of a certificate and its key; throws an ApiProblem that names the file which is missing. */
export async function keyPairBody(kind: KeyPairKind, form: FormData): Promise<KeyPairUpload> {
  if (kind === "p12") return { pkcs12: await fileAsBase64(filesOf(form, "pkcs12", "/pkcs12")[0]), password: textOf(form, "password") };
  const certificates = filesOf(form, "certificate", "/certificatePem");
  const [privateKey] = filesOf(form, "privateKey", "/privateKeyPem");
  return { certificatePem: await filesAsPem(certificates), privateKeyPem: await privateKey.text(), privateKeyPassword: textOf(form, "privateKeyPassword") };
}

/** The files chosen at a field; throws an ApiProblem at `pointer` when there is none. */
export function filesOf(form: FormData, name: string, pointer: string): [File, ...File[]] {
  const [first, ...rest] = form.getAll(name).filter((value) => value instanceof File && value.size > 0) as File[];
  if (first !== undefined) return [first, ...rest];
  throw new ApiProblem({ code: "invalid-input", status: 0, title: "A file is missing", errors: [{ pointer, detail: "Choose a file." }] });
}

export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

/** What `read` makes of a form, with its Apple Account; throws one ApiProblem that names all that is missing. */
export async function withAccount<T extends object>(form: FormData, read: () => Promise<T>): Promise<T & { appleAccount: string }> {
  const appleAccount = textOf(form, "appleAccount").trim();
  if (appleAccount !== "") return { ...(await read()), appleAccount };
  const others = await read().then(
    () => [],
    (error: unknown) => (error instanceof ApiProblem ? error.errors : []),
  );
  const missing = { pointer: "/appleAccount", detail: "Enter the account that signed in at Apple’s portal." };
  throw new ApiProblem({ code: "invalid-input", status: 0, title: "Something is missing", errors: [...others, missing] });
}
