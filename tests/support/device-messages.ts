import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceState, Management } from "./device-state";

/** Authenticate: iOS and macOS say different things about themselves. */
export function authenticateMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  const { hardware, name } = state;
  const { model } = hardware;
  const message: PlistDictionary = {
    MessageType: "Authenticate",
    Topic: mdm.topic,
    UDID: hardware.udid,
    OSVersion: model.osVersion,
    BuildVersion: model.buildVersion,
    ProductName: model.productName,
    SerialNumber: hardware.serialNumber,
  };
  if (model.family === "Mac") {
    return { ...message, DeviceName: name, Model: model.model, ModelName: model.modelName, Challenge: Buffer.from("apple") };
  }
  if (hardware.imei !== null && hardware.meid !== null) return { ...message, IMEI: hardware.imei, MEID: hardware.meid };
  return message;
}

/** TokenUpdate on the device channel. */
export function tokenUpdateMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  const message: PlistDictionary = {
    MessageType: "TokenUpdate",
    Topic: mdm.topic,
    UDID: state.hardware.udid,
    Token: state.push.token,
    PushMagic: state.push.magic,
    AwaitingConfiguration: state.awaitingConfiguration,
  };
  return state.unlockToken === null ? { ...message, NotOnConsole: false } : { ...message, UnlockToken: state.unlockToken };
}

export function checkOutMessage(state: DeviceState, { mdm }: Management): PlistDictionary {
  return { MessageType: "CheckOut", Topic: mdm.topic, UDID: state.hardware.udid };
}

export type CommandStatus = "Idle" | "Acknowledged" | "Error" | "CommandFormatError" | "NotNow";

/** A report to ServerURL; `body` lies beside the status. */
export function reportMessage(state: DeviceState, status: CommandStatus, commandUuid: string | null, body: PlistDictionary): PlistDictionary {
  const message: PlistDictionary = { Status: status, UDID: state.hardware.udid, ...body };
  return commandUuid === null ? message : { ...message, CommandUUID: commandUuid };
}
