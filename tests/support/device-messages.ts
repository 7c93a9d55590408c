import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceState, Management } from "./device-state";

/** Who is speaking: a User Enrollment shows a name made for it in place of the UDID. */
export function deviceNames({ hardware, enrollmentId }: DeviceState): PlistDictionary {
  return enrollmentId === null ? { UDID: hardware.udid } : { EnrollmentID: enrollmentId };
}

/** Authenticate: iOS and macOS say different things about themselves. */
export function authenticateMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  const { hardware, name } = state;
  const { model } = hardware;
  const message: PlistDictionary = {
    MessageType: "Authenticate",
    Topic: mdm.topic,
    ...deviceNames(state),
    OSVersion: model.osVersion,
    BuildVersion: model.buildVersion,
    ProductName: model.productName,
  };
  if (state.enrollmentId === null) message["SerialNumber"] = hardware.serialNumber;
  if (model.family === "Mac") {
    return { ...message, DeviceName: name, Model: model.model, ModelName: model.modelName, Challenge: Buffer.from("apple") };
  }
  if (state.enrollmentId === null && hardware.imei !== null && hardware.meid !== null) return { ...message, IMEI: hardware.imei, MEID: hardware.meid };
  return message;
}

/** TokenUpdate on the device channel. */
export function tokenUpdateMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  const message: PlistDictionary = {
    MessageType: "TokenUpdate",
    Topic: mdm.topic,
    ...deviceNames(state),
    Token: state.push.token,
    PushMagic: state.push.magic,
    AwaitingConfiguration: state.awaitingConfiguration,
  };
  if (state.hardware.model.family === "Mac") return { ...message, NotOnConsole: false };
  return state.unlockToken === null ? message : { ...message, UnlockToken: state.unlockToken };
}

export function checkOutMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  return { MessageType: "CheckOut", Topic: mdm.topic, ...deviceNames(state) };
}

export type CommandStatus = "Idle" | "Acknowledged" | "Error" | "CommandFormatError" | "NotNow";

/** A report to ServerURL; `body` lies beside the status. */
export function reportMessage(state: DeviceState, status: CommandStatus, commandUuid: string | null, body: PlistDictionary): PlistDictionary {
  const message: PlistDictionary = { Status: status, ...deviceNames(state), ...body };
  return commandUuid === null ? message : { ...message, CommandUUID: commandUuid };
}
