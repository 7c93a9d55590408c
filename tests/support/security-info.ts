import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { DeviceState } from "./device-state";

/** The answer to SecurityInfo. */
export function securityInfo(state: DeviceState): PlistDictionary {
  return state.hardware.model.family === "Mac" ? macSecurity() : mobileSecurity(state);
}

function mobileSecurity(state: DeviceState): PlistDictionary {
  const passcodePresent = state.passcode !== null;
  return {
    HardwareEncryptionCaps: 3,
    PasscodePresent: passcodePresent,
    PasscodeCompliant: passcodePresent,
    PasscodeCompliantWithProfiles: passcodePresent,
    PasscodeLockGracePeriod: 0,
    PasscodeLockGracePeriodEnforced: 0,
    ManagementStatus: { IsUserEnrollment: state.enrollmentId !== null },
  };
}

function macSecurity(): PlistDictionary {
  return {
    FDE_Enabled: true,
    FDE_HasPersonalRecoveryKey: true,
    FDE_HasInstitutionalRecoveryKey: false,
    SystemIntegrityProtectionEnabled: true,
    FirewallSettings: { FirewallEnabled: true, BlockAllIncoming: false, StealthMode: false, LoggingEnabled: false, Applications: [] },
    FirmwarePasswordStatus: { PasswordExists: false, ChangePending: false, AllowOroms: false },
    ManagementStatus: { EnrolledViaDEP: false, UserApprovedEnrollment: true, IsUserEnrollment: false, IsActivationLockManageable: false },
    SecureBoot: { SecureBootLevel: "full", ExternalBootLevel: "disallowed", ReducedSecurity: [] },
    RemoteDesktopEnabled: false,
    AuthenticatedRootVolumeEnabled: true,
    BootstrapTokenAllowedForAuthentication: "not supported",
    BootstrapTokenRequiredForSoftwareUpdate: true,
    BootstrapTokenRequiredForKernelExtensionApproval: true,
    IsRecoveryLockEnabled: false,
  };
}
