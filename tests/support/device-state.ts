import { randomBytes, randomUUID } from "node:crypto";
import type { ConfigurationProfile } from "./configuration-profile";
import { firstApplications, type InstalledApplication } from "./device-applications";
import type { DeviceHardware } from "./device-hardware";
import type { DeviceIdentity } from "./device-identity";
import type { EnrollmentPayloads } from "./enrollment-payloads";

/** Management as the device knows it: all of it goes with the enrollment profile. */
export interface Management extends EnrollmentPayloads {
  profile: ConfigurationProfile;
  identity: DeviceIdentity;
}

/** What a server needs to have the device woken. */
export interface PushAddress {
  token: Buffer;
  magic: string;
}

/** What a device remembers until it is erased. */
export interface DeviceState {
  readonly hardware: DeviceHardware;
  name: string;
  supervised: boolean;
  management: Management | null;
  push: PushAddress;
  /** Besides the enrollment profile. */
  profiles: ConfigurationProfile[];
  applications: InstalledApplication[];
  awaitingConfiguration: boolean;
  /** Null without a passcode. */
  passcode: string | null;
  locked: boolean;
  /** Off, or waiting for its PIN without a network. */
  reachable: boolean;
  /** Opens the passcode; what TokenUpdate hands to the server. Null on a Mac, a Shared iPad and in a User Enrollment. */
  unlockToken: Buffer | null;
  /** Names this enrollment of a device that its user owns; null elsewhere. */
  enrollmentId: string | null;
  /** An iPad with a user channel for each user who is signed in. */
  readonly sharedIpad: boolean;
}

export interface StateWishes {
  name?: string;
  supervised?: boolean;
  /** Enrolled in Setup Assistant, which waits for DeviceConfigured. */
  awaitingConfiguration?: boolean;
  /** The device belongs to its user: it hides its hardware and is not supervised. */
  userEnrollment?: boolean;
  sharedIpad?: boolean;
}

/** Fresh from the box. */
export function newState(hardware: DeviceHardware, wishes: StateWishes): DeviceState {
  const owned = wishes.userEnrollment ?? false;
  const sharedIpad = wishes.sharedIpad ?? false;
  return {
    hardware,
    name: wishes.name ?? hardware.model.modelName,
    supervised: wishes.supervised ?? !owned,
    management: null,
    push: newPushAddress(),
    profiles: [],
    applications: firstApplications(hardware.model.family),
    awaitingConfiguration: wishes.awaitingConfiguration ?? false,
    passcode: "2580",
    locked: false,
    reachable: true,
    unlockToken: hardware.model.family === "Mac" || owned || sharedIpad ? null : randomBytes(1288),
    enrollmentId: owned ? randomUUID().toUpperCase() : null,
    sharedIpad,
  };
}

export function newPushAddress(): PushAddress {
  return { token: randomBytes(32), magic: randomUUID().toUpperCase() };
}
