"use client";

import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/ui/button";
import { KeyValues } from "@/components/ui/key-values";
import { ProblemNote } from "@/components/ui/problem-note";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { asProblem } from "@/lib/client/api-problem";
import { useRemoveVendorCertificate, useUploadVendorCertificate } from "@/lib/client/mutations/push-certificates";
import { pushCertificateQueries } from "@/lib/client/queries/push-certificates";
import type { VendorCertificateDto } from "@/lib/contracts/push-certificates";
import { CheckTable, checksOf } from "./check-table";
import { keyPairBody, type KeyPairKind } from "./key-pair-body";
import { KeyPairFields } from "./key-pair-fields";

const FIELDS = ["/certificatePem", "/privateKeyPem", "/privateKeyPassword", "/pkcs12", "/password"];

interface Props {
  allowed: boolean;
  busy: boolean;
  error: unknown;
  onSign: () => void;
}

/** Signing by an MDM vendor certificate of one's own, which is kept for the renewals to come. */
export function VendorWay(props: Props) {
  const { data, error, refetch } = useQuery(pushCertificateQueries.vendor());
  if (error !== null && data === undefined) return <ProblemNote error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-32 rounded-lg" />;
  return data.vendor === null ? <VendorForm {...props} /> : <VendorFacts {...props} vendor={data.vendor} />;
}

function VendorFacts({ vendor, allowed, busy, error, onSign }: Props & { vendor: NonNullable<VendorCertificateDto["vendor"]> }) {
  const remove = useRemoveVendorCertificate();
  return (
    <div className="grid gap-4">
      <div className="overflow-hidden rounded-lg border border-line">
        <KeyValues
          items={[
            { key: "Vendor certificate", value: vendor.subject },
            { key: "Issued by", value: vendor.issuer },
            { key: "Expires", value: <RelativeTime at={vendor.notAfter} /> },
          ]}
        />
      </div>
      {error !== null && <ProblemNote error={error} />}
      {remove.error !== null && <ProblemNote error={remove.error} />}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" busy={busy} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={onSign}>
          Sign the request
        </Button>
        <Button busy={remove.isPending} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"} onClick={() => remove.mutate()}>
          Remove this certificate
        </Button>
      </div>
    </div>
  );
}

/** Uploads the vendor certificate, and signs with it at once. */
function VendorForm({ allowed, busy, error, onSign }: Props) {
  const [kind, setKind] = useState<KeyPairKind>("pem");
  const [reading, setReading] = useState<unknown>(null);
  const upload = useUploadVendorCertificate();
  const failure: unknown = reading ?? upload.error ?? error;
  const problem = failure === null ? null : asProblem(failure);
  const checks = checksOf(problem);
  const submit = async (form: FormData): Promise<void> => {
    setReading(null);
    const body = await keyPairBody(kind, form).catch(setReading);
    // The form is gone as soon as the certificate is known: nothing that hangs on it would go on to the signature.
    if (body !== undefined) await upload.mutateAsync(body).then(onSign, () => undefined);
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void submit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={onSubmit} onChange={() => upload.error !== null && upload.reset()} className="grid gap-4">
      <p className="text-ink-soft">
        The “MDM CSR” certificate of an Apple Developer account that Apple has allowed to be an MDM vendor. It is kept here, its key sealed, and signs every renewal.
      </p>
      <KeyPairFields kind={kind} onKind={setKind} at={(field) => problem?.at(`/${field}`) ?? null} several certificateHelp="“mdm.cer” from Apple. Choose its authorities too where they are not WWDR G3 and Apple Root CA." />
      {problem !== null && !problem.isSaidAt(FIELDS) && <ProblemNote error={problem} />}
      {checks.length > 0 && <CheckTable checks={checks} />}
      <Button type="submit" look="primary" className="justify-self-start" busy={upload.isPending || busy} disabled={!allowed} title={allowed ? undefined : "Needs the role Owner"}>
        Keep it and sign
      </Button>
    </form>
  );
}
