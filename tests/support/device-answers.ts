import { isDictionary, type PlistDictionary, type PlistValue } from "@/lib/protocol/plist/plist-value";
import { readProfile, type ConfigurationProfile } from "./configuration-profile";
import { DEVICE_ERRORS, type DeviceError } from "./device-error";
import { deviceInformation } from "./device-information";
import { applicationList, certificateList, profileList } from "./device-lists";
import type { DeviceFamily } from "./device-models";
import type { DeviceState } from "./device-state";
import { enrollmentPayloads } from "./enrollment-payloads";
import { securityInfo } from "./security-info";

/** What happens to the device besides the report. */
export type Aftermath = "remove-management" | "erase" | "restart" | "shut-down" | { replaceEnrollment: ConfigurationProfile };

/** What a command did. A non-empty `errors` makes the status Error. */
export interface Outcome {
  body: PlistDictionary;
  errors: readonly DeviceError[];
  aftermath: Aftermath | null;
}

type Perform = (state: DeviceState, parameters: PlistDictionary) => Outcome;

const MOBILE: readonly DeviceFamily[] = ["iPhone", "iPad"];
const MAC: readonly DeviceFamily[] = ["Mac"];

const PERFORM = new Map<string, Perform>(Object.entries({
  DeviceInformation: (state, { Queries }) => done({ QueryResponses: deviceInformation(state, texts(Queries)) }),
  SecurityInfo: (state) => done({ SecurityInfo: securityInfo(state) }),
  ProfileList: (state) => done({ ProfileList: profileList(state) }),
  CertificateList: (state) => done({ CertificateList: certificateList(state) }),
  InstalledApplicationList: (state) => done({ InstalledApplicationList: applicationList(state) }),
  ManagedApplicationList: () => done({ ManagedApplicationList: {} }),
  ProvisioningProfileList: () => done({ ProvisioningProfileList: [] }),
  AvailableOSUpdates: () => done({ AvailableOSUpdates: [] }),
  Restrictions: () => done({ GlobalRestrictions: { restrictedBool: {}, restrictedValue: {} } }),
  UserList: () => done({ Users: [] }),
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

/** Commands that are carried out without anything a server could see. */
const ACCEPTED = new Set(
  ("AccountConfiguration ActivationLockBypassCode ApplyRedemptionCode ClearActivationLockBypassCode ClearRestrictionsPassword DeclarativeManagement " +
    "DisableLostMode DisableRemoteDesktop EnableLostMode EnableRemoteDesktop InstallApplication InstallEnterpriseApplication " +
    "InviteToProgram PlayLostModeSound RefreshCellularPlans RemoveApplication RemoveMedia RequestMirroring RequestUnlockToken " +
    "RotateFileVaultKey ScheduleOSUpdate ScheduleOSUpdateScan SetAutoAdminPassword SetFirmwarePassword SetRecoveryLock StopMirroring " +
    "UnlockUserAccount ValidateApplications VerifyFirmwarePassword VerifyRecoveryLock").split(" "),
);

const ONLY_ON = new Map<string, readonly DeviceFamily[]>(Object.entries({
  ClearPasscode: MOBILE,
  ClearRestrictionsPassword: MOBILE,
  EnableLostMode: MOBILE,
  DisableLostMode: MOBILE,
  PlayLostModeSound: MOBILE,
  RefreshCellularPlans: MOBILE,
  ValidateApplications: MOBILE,
  AccountConfiguration: MAC,
  EnableRemoteDesktop: MAC,
  DisableRemoteDesktop: MAC,
  RotateFileVaultKey: MAC,
  ScheduleOSUpdateScan: MAC,
  SetAutoAdminPassword: MAC,
  SetFirmwarePassword: MAC,
  SetRecoveryLock: MAC,
  UnlockUserAccount: MAC,
  VerifyFirmwarePassword: MAC,
  VerifyRecoveryLock: MAC,
}));

/** Carries a command out on the device's state, as its platform would. */
export function perform(state: DeviceState, requestType: string, parameters: PlistDictionary): Outcome {
  const families = ONLY_ON.get(requestType);
  const refused = families !== undefined && !families.includes(state.hardware.model.family);
  const how = PERFORM.get(requestType);
  if (refused || (how === undefined && !ACCEPTED.has(requestType))) return failed(DEVICE_ERRORS.unknownRequestType);
  return how === undefined ? done() : how(state, parameters);
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

function done(body: PlistDictionary = {}, aftermath: Aftermath | null = null): Outcome {
  return { body, errors: [], aftermath };
}

function failed(...errors: DeviceError[]): Outcome {
  return { body: {}, errors, aftermath: null };
}

function texts(value: PlistValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
