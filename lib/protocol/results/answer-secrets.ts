import { dataField, dictionaryField, textField } from "../plist/plist-fields";
import type { PlistDictionary } from "../plist/plist-value";

export type AnswerSecretKind = "bypass-code" | "recovery-key" | "unlock-token";

/** A secret a device has told: text as UTF-8, data as it came. */
export interface AnswerSecret {
  kind: AnswerSecretKind;
  value: Uint8Array;
}

/**
 * The secrets of an acknowledged answer that have to be kept. A recovery key is a CMS envelope for whoever holds the
 * key of the escrow certificate (SecurityInfo) or of ReplyEncryptionCertificate (RotateFileVaultKey).
 */
export function secretsOfAnswer(requestType: string, body: PlistDictionary): AnswerSecret[] {
  switch (requestType) {
    case "ActivationLockBypassCode":
      return secret("bypass-code", bytesOf(textField(body, "ActivationLockBypassCode")));
    case "SecurityInfo":
      return secret("recovery-key", dataField(dictionaryField(body, "SecurityInfo") ?? {}, "FDE_PersonalRecoveryKeyCMS"));
    case "RotateFileVaultKey":
      return secret("recovery-key", dataField(dictionaryField(body, "RotateResult") ?? {}, "EncryptedNewRecoveryKey"));
    case "RequestUnlockToken":
      return secret("unlock-token", dataField(body, "UnlockToken"));
    default:
      return [];
  }
}

function secret(kind: AnswerSecretKind, value: Uint8Array | null): AnswerSecret[] {
  return value === null ? [] : [{ kind, value }];
}

function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : new TextEncoder().encode(text);
}
