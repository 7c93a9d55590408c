import type { SystemName, Systems } from "@/lib/protocol/commands/schema-facts";
import { COMMAND_SCHEMA } from "@/lib/protocol/generated/command-schema";
import { isDictionary, type PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { readProfile, type ConfigurationProfile } from "./configuration-profile";
import { APP_ANSWERS } from "./device-app-answers";
import { DEVICE_ERRORS } from "./device-error";
import { deviceInformation } from "./device-information";
import { applicationList, certificateList, profileList } from "./device-lists";
import type { DeviceFamily } from "./device-models";
import { done, failed, texts, type Outcome, type Perform } from "./device-outcome";
import { SECURITY_ANSWERS } from "./device-security-answers";
import type { DeviceState } from "./device-state";
import { enrollmentPayloads } from "./enrollment-payloads";
import { securityInfo } from "./security-info";

export type { Aftermath, Outcome } from "./device-outcome";

const PERFORM = new Map<string, Perform>(Object.entries({
  ...APP_ANSWERS,
  ...SECURITY_ANSWERS,
  DeviceInformation: (state, { Queries }) => done({ QueryResponses: deviceInformation(state, texts(Queries)) }),
  SecurityInfo: (state) => done({ SecurityInfo: securityInfo(state) }),
  ProfileList: (state) => done({ ProfileList: profileList(state) }),
  CertificateList: (state) => done({ CertificateList: certificateList(state) }),
  InstalledApplicationList: (state, { Identifiers }) =>
    done({ InstalledApplicationList: applicationList(state).filter(({ Identifier }) => Identifiers === undefined || texts(Identifiers).includes(String(Identifier))) }),
  InstallProfile: installProfile,
  RemoveProfile: removeProfile,
  DeviceLock: lock,
  ClearPasscode: clearPasscode,
  Settings: changeSettings,
  DeviceConfigured: (state) => {
    state.awaitingConfiguration = false;
    return done();
  },
  EraseDevice: () => done({}, "erase"),
  RestartDevice: () => done({}, "restart"),
  ShutDownDevice: () => done({}, "shut-down"),
} satisfies Record<string, Perform>));

/** What Apple's schema gives each family. */
const SYSTEM_OF = { iPhone: "iOS", iPad: "iOS", Mac: "macOS", AppleTV: "tvOS" } as const satisfies Record<DeviceFamily, SystemName>;
const SCHEMA: ReadonlyMap<string, Systems> = new Map(COMMAND_SCHEMA.map((command) => [command.requestType, command.systems]));

/** Carries a command out on the device's state, as its platform would. */
export function perform(state: DeviceState, requestType: string, parameters: PlistDictionary): Outcome {
  const known = SCHEMA.get(requestType)?.[SYSTEM_OF[state.hardware.model.family]];
  if (known === undefined || known === null) return failed(DEVICE_ERRORS.unknownRequestType);
  // Others are carried out without anything a server could see.
  return PERFORM.get(requestType)?.(state, parameters) ?? done();
}

function installProfile(state: DeviceState, parameters: PlistDictionary): Outcome {
  const payload = parameters["Payload"];
  if (!(payload instanceof Uint8Array)) return failed(DEVICE_ERRORS.malformedRequest);
  let profile: ConfigurationProfile;
  try {
    profile = readProfile(Buffer.from(payload));
  } catch {
    return failed(DEVICE_ERRORS.malformedProfile);
  }
  if (profile.identifier === state.management?.profile.identifier) return replaceEnrollment(state, profile);
  // The same identifier replaces.
  state.profiles = [...state.profiles.filter(({ identifier }) => identifier !== profile.identifier), profile];
  return done();
}

/** Topic and addresses never change in an update of the enrollment profile. */
function replaceEnrollment(state: DeviceState, profile: ConfigurationProfile): Outcome {
  const mdm = enrollmentPayloads(profile)?.mdm;
  const old = state.management?.mdm;
  const fits = mdm?.topic === old?.topic && mdm?.serverUrl === old?.serverUrl && mdm?.checkInUrl === old?.checkInUrl;
  return mdm !== undefined && fits ? done({}, { replaceEnrollment: profile }) : failed(DEVICE_ERRORS.badReplacement);
}

function removeProfile(state: DeviceState, parameters: PlistDictionary): Outcome {
  const wanted = parameters["Identifier"];
  if (wanted === state.management?.profile.identifier) return done({}, "remove-management");
  const rest = state.profiles.filter(({ identifier }) => identifier !== wanted);
  if (rest.length === state.profiles.length) return failed(DEVICE_ERRORS.profileNotInstalled);
  state.profiles = rest;
  return done();
}

function lock(state: DeviceState, parameters: PlistDictionary): Outcome {
  if (state.hardware.model.family === "Mac") {
    const pin = parameters["PIN"];
    if (typeof pin !== "string" || pin.length !== 6) return failed(DEVICE_ERRORS.malformedRequest);
    // A Mac restarts into its lock screen, without a network.
    state.locked = true;
    return done({}, "restart");
  }
  state.locked = true;
  const hasMessage = parameters["Message"] !== undefined || parameters["PhoneNumber"] !== undefined;
  return done(hasMessage ? { MessageResult: state.passcode === null ? "NoPasscodeSet" : "Success" } : {});
}

function clearPasscode(state: DeviceState, parameters: PlistDictionary): Outcome {
  const token = parameters["UnlockToken"];
  const opens = token instanceof Uint8Array && state.unlockToken?.equals(token) === true;
  if (!opens) return failed(DEVICE_ERRORS.wrongUnlockToken);
  state.passcode = null;
  state.locked = false;
  return done();
}

function changeSettings(state: DeviceState, parameters: PlistDictionary): Outcome {
  const items = Array.isArray(parameters["Settings"]) ? parameters["Settings"] : [];
  const results = items.map((item) => {
    const name = isDictionary(item) && item["Item"] === "DeviceName" ? item["DeviceName"] : null;
    if (typeof name === "string") state.name = name;
    return { Status: "Acknowledged" };
  });
  return done({ Settings: results });
}
