import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";

/** Who signs in at Apple's portal. `known`: what was noted at the certificate that is renewed. */
export function AccountField({ known, error }: { known: string | null; error: string | null }) {
  return (
    <Field label="Apple Account" help="The account that signed in at Apple’s portal. Only it can renew this certificate next year." error={error}>
      {(control) => <TextInput {...control} name="appleAccount" required maxLength={200} autoComplete="off" defaultValue={known ?? ""} placeholder="push@example.com" />}
    </Field>
  );
}
