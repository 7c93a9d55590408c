/** The names DeviceInformation takes (Apple's schema: information.device, QueriesItem), in Apple's order. */
export const DEVICE_QUERIES = [
  "UDID", "ProvisioningUDID", "OrganizationInfo", "MDMOptions", "LastCloudBackupDate", "AwaitingConfiguration",
  "iTunesStoreAccountIsActive", "iTunesStoreAccountHash", "DeviceName", "OSVersion", "SupplementalOSVersionExtra",
  "BuildVersion", "SupplementalBuildVersion", "ModelName", "Model", "ModelNumber", "IsAppleSilicon", "ProductName",
  "SerialNumber", "DeviceCapacity", "AvailableDeviceCapacity", "IMEI", "MEID", "ModemFirmwareVersion",
  "CellularTechnology", "BatteryLevel", "HasBattery", "IsSupervised", "IsMultiUser", "IsDeviceLocatorServiceEnabled",
  "IsActivationLockEnabled", "IsActivationLockSupported", "IsDoNotDisturbInEffect", "DeviceID", "EASDeviceIdentifier",
  "IsCloudBackupEnabled", "ActiveManagedUsers", "OSUpdateSettings", "LocalHostName", "HostName",
  "AutoSetupAdminAccounts", "SystemIntegrityProtectionEnabled", "SupportsLOMDevice", "IsMDMLostModeEnabled",
  "MaximumResidentUsers", "EstimatedResidentUsers", "QuotaSize", "ResidentUsers", "UserSessionTimeout",
  "TemporarySessionTimeout", "TemporarySessionOnly", "ManagedAppleIDDefaultDomains", "OnlineAuthenticationGracePeriod",
  "SkipLanguageAndLocaleSetupForNewUsers", "PushToken", "DiagnosticSubmissionEnabled", "AppAnalyticsEnabled",
  "TimeZone", "ICCID", "BluetoothMAC", "WiFiMAC", "EthernetMAC", "CurrentCarrierNetwork", "SIMCarrierNetwork",
  "SubscriberCarrierNetwork", "CarrierSettingsVersion", "PhoneNumber", "DataRoamingEnabled", "VoiceRoamingEnabled",
  "PersonalHotspotEnabled", "IsNetworkTethered", "IsRoaming", "SubscriberMCC", "SubscriberMNC", "CurrentMCC",
  "CurrentMNC", "ServiceSubscriptions", "PINRequiredForEraseDevice", "PINRequiredForDeviceLock",
  "SupportsiOSAppInstalls", "SoftwareUpdateDeviceID", "SoftwareUpdateSettings", "AccessibilitySettings",
  "DevicePropertiesAttestation", "EACSPreflight",
] as const;

/** Costly to answer, rationed by the device, or secret: asked for only by name. */
const ONLY_BY_NAME: ReadonlySet<string> = new Set(["DevicePropertiesAttestation", "EACSPreflight", "PushToken"]);

/** What is asked when nobody says what: a device leaves out what it does not have. */
export const DEFAULT_DEVICE_QUERIES: readonly string[] = DEVICE_QUERIES.filter((query) => !ONLY_BY_NAME.has(query));
