"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/inputs";
import { Tabs } from "@/components/ui/tabs";
import { FilePick } from "./file-pick";
import type { KeyPairKind } from "./key-pair-body";

interface Props {
  kind: KeyPairKind;
  onKind: (kind: KeyPairKind) => void;
  at: (field: string) => string | null;
  certificateHelp: string;
  /** More than one file may be chosen for the certificate: its chain. */
  several?: boolean;
}

/** A certificate with its key: two PEM files, or one PKCS #12 file. */
export function KeyPairFields({ kind, onKind, at, certificateHelp, several = false }: Props) {
  return (
    <Tabs
      label="Kind of file"
      value={kind}
      onChange={(value) => onKind(value === "p12" ? "p12" : "pem")}
      tabs={[
        { value: "pem", label: "PEM files", content: <PemFields at={at} certificateHelp={certificateHelp} several={several} /> },
        { value: "p12", label: "PKCS #12 file", content: <Pkcs12Fields at={at} /> },
      ]}
    />
  );
}

function PemFields({ at, certificateHelp, several }: Pick<Props, "at" | "certificateHelp"> & { several: boolean }) {
  const [locked, setLocked] = useState(false);
  const passwordError = at("privateKeyPassword");
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FilePick name="certificate" label="Certificate" help={certificateHelp} accept=".pem,.cer,.crt,.txt" error={at("certificatePem")} several={several} />
      <FilePick
        name="privateKey"
        label="Private key"
        help="The key the request was made with, in PEM."
        accept=".pem,.key,.txt"
        error={at("privateKeyPem")}
        onFiles={(files) => void Promise.all(files.map((file) => file.text())).then((texts) => setLocked(texts.some((text) => text.includes("ENCRYPTED"))))}
      />
      {(locked || passwordError !== null) && (
        <Field label="Password of the private key" error={passwordError}>
          {(control) => <TextInput {...control} name="privateKeyPassword" type="password" autoComplete="off" />}
        </Field>
      )}
    </div>
  );
}

function Pkcs12Fields({ at }: Pick<Props, "at">) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <FilePick name="pkcs12" label="PKCS #12 file" help="Certificate and key in one .p12 or .pfx file." accept=".p12,.pfx" error={at("pkcs12")} />
      <Field label="Password of the file" error={at("password")}>
        {(control) => <TextInput {...control} name="password" type="password" autoComplete="off" />}
      </Field>
    </div>
  );
}
