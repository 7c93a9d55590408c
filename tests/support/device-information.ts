import { realOf, type PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceState } from "./device-state";

/** What a User Enrollment does not tell. */
const HARDWARE: readonly string[] = ["UDID", "SerialNumber", "IMEI", "MEID", "BluetoothMAC", "WiFiMAC", "EthernetMAC", "ServiceSubscriptions"];

/** QueryResponses of DeviceInformation: what was asked for and this device knows; the rest is silently left out. */
export function deviceInformation(state: DeviceState, queries: readonly string[]): PlistDictionary {
  const known: PlistDictionary = { ...common(state), ...(state.hardware.model.family === "Mac" ? mac(state) : mobile(state)) };
  const hidden = state.enrollmentId === null ? [] : HARDWARE;
  return Object.fromEntries(Object.entries(known).filter(([name]) => queries.includes(name) && !hidden.includes(name)));
}

function common(state: DeviceState): PlistDictionary {
  const { hardware } = state;
  const { model } = hardware;
  return {
    UDID: hardware.udid,
    DeviceName: state.name,
    OSVersion: model.osVersion,
    BuildVersion: model.buildVersion,
    ModelName: model.modelName,
    Model: model.model,
    ModelNumber: model.modelNumber,
    ProductName: model.productName,
    SerialNumber: hardware.serialNumber,
    DeviceCapacity: realOf(model.capacityGb),
    AvailableDeviceCapacity: realOf(Math.round(model.capacityGb * 57) / 100),
    BatteryLevel: 0.87,
    IsSupervised: state.supervised,
    AwaitingConfiguration: state.awaitingConfiguration,
    BluetoothMAC: hardware.bluetoothMac,
    WiFiMAC: hardware.wifiMac,
    SoftwareUpdateDeviceID: model.productName,
  };
}

function mobile({ hardware, sharedIpad }: DeviceState): PlistDictionary {
  const answers: PlistDictionary = {
    CellularTechnology: hardware.model.cellular ? 3 : 0,
    DataRoamingEnabled: false,
    IsCloudBackupEnabled: false,
    IsDeviceLocatorServiceEnabled: false,
    IsDoNotDisturbInEffect: false,
    IsMDMLostModeEnabled: false,
    IsMultiUser: sharedIpad,
    IsNetworkTethered: false,
    PersonalHotspotEnabled: false,
    DiagnosticSubmissionEnabled: false,
    AppAnalyticsEnabled: false,
    TimeZone: "Europe/Zurich",
  };
  if (hardware.imei === null || hardware.meid === null) return answers;
  const subscription: PlistDictionary = {
    IMEI: hardware.imei,
    CurrentCarrierNetwork: "ExampleTel",
    CurrentMCC: "228",
    CurrentMNC: "01",
    IsDataPreferred: true,
    IsRoaming: false,
    IsVoicePreferred: true,
    Label: "Primary",
    Slot: "CTSubscriptionSlotOne",
  };
  return { ...answers, IMEI: hardware.imei, MEID: hardware.meid, ModemFirmwareVersion: "1.60.02", ServiceSubscriptions: [subscription] };
}

function mac(state: DeviceState): PlistDictionary {
  const localName = state.name.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
  return {
    IsAppleSilicon: true,
    HasBattery: state.hardware.model.modelName.startsWith("MacBook"),
    LocalHostName: localName,
    HostName: `${localName}.local`,
    SystemIntegrityProtectionEnabled: true,
    IsActivationLockSupported: true,
    IsActivationLockEnabled: false,
    SupportsiOSAppInstalls: true,
    SupportsLOMDevice: false,
    PINRequiredForDeviceLock: true,
    PINRequiredForEraseDevice: false,
    ActiveManagedUsers: [],
    AutoSetupAdminAccounts: [],
    EthernetMAC: state.hardware.wifiMac.replace("5c:1b", "5c:1c"),
    OSUpdateSettings: { AutoCheckEnabled: true, AutomaticOSInstallationEnabled: false, BackgroundDownloadEnabled: true },
  };
}
