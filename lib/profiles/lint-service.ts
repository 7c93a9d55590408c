import type { ProfileLint } from "@/lib/contracts/profiles";
import { MusterError } from "@/lib/contracts/errors";
import { database } from "@/lib/db/database";
import { textField } from "@/lib/protocol/plist/plist-fields";
import { isDictionary, type PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { payloadTitle } from "@/lib/protocol/library/check-payload";
import type { LintFinding } from "@/lib/protocol/library/lint-finding";
import { lintProfile, refusedOutright } from "@/lib/protocol/library/lint-profile";
import { variablesIn } from "@/lib/protocol/library/variables";
import { openProfile } from "./open-profile";
import type { PayloadSummary } from "./profile-store";
import { findIdentifier } from "./profile-store";

/** A file taken apart, as the library keeps it. */
export interface InspectedProfile {
  content: PlistDictionary;
  signer: string | null;
  identifier: string | null;
  displayName: string | null;
  payloads: PayloadSummary[];
  variables: string[];
  findings: LintFinding[];
}

/** @throws MusterError invalid-input when it is no property list */
export function inspectProfile(file: Buffer): InspectedProfile {
  const { content, signer } = openProfile(file);
  const payloads = Array.isArray(content["PayloadContent"]) ? content["PayloadContent"].filter((payload) => isDictionary(payload)) : [];
  return {
    content,
    signer,
    identifier: textField(content, "PayloadIdentifier"),
    displayName: textField(content, "PayloadDisplayName"),
    payloads: payloads.map((payload) => ({ type: textField(payload, "PayloadType") ?? "", identifier: textField(payload, "PayloadIdentifier"), displayName: textField(payload, "PayloadDisplayName") })),
    variables: [...new Set(variablesIn(content).flatMap(({ variable }) => variable ?? []))].toSorted(),
    findings: lintProfile(content),
  };
}

/** A file that may be kept. @throws MusterError invalid-input with what stands against it */
export function acceptableProfile(file: Buffer): InspectedProfile & { identifier: string } {
  const inspected = inspectProfile(file);
  const { identifier, content, findings } = inspected;
  const refused = refusedOutright(content, findings);
  if (identifier === null || refused.length > 0) {
    throw new MusterError("invalid-input", "this profile cannot be kept", { errors: refused.map(({ pointer, detail }) => ({ pointer: "/content", detail: `${pointer} ${detail}` })) });
  }
  return { ...inspected, identifier };
}

/** What can be told of a file before it is kept; nothing is. @throws MusterError invalid-input when it is no property list */
export async function lintFile(file: Buffer): Promise<ProfileLint> {
  const { identifier, displayName, signer, payloads, variables, findings } = inspectProfile(file);
  return {
    identifier, displayName, signer, variables, findings,
    payloads: payloads.map((payload) => ({ ...payload, title: payloadTitle(payload.type) })),
    profileId: identifier === null ? null : await findIdentifier(database().pool, identifier),
  };
}
