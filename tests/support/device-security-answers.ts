import { randomBytes } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { DEVICE_ERRORS } from "./device-error";
import { memoryOf } from "./device-memory";
import { done, failed, type Perform } from "./device-outcome";

/** Passwords, recovery, lost mode, users and updates. */
export const SECURITY_ANSWERS: Readonly<Record<string, Perform>> = {
  ActivationLockBypassCode: (state) => {
    const { bypassCode } = memoryOf(state);
    return bypassCode === null ? failed(DEVICE_ERRORS.malformedRequest) : done({ ActivationLockBypassCode: bypassCode });
  },
  ClearActivationLockBypassCode: (state) => {
    memoryOf(state).bypassCode = null;
    return done();
  },
  SetFirmwarePassword: (state, { CurrentPassword, NewPassword }) => {
    const memory = memoryOf(state);
    const fits = memory.firmwarePassword === "" || CurrentPassword === memory.firmwarePassword;
    if (fits) memory.firmwarePassword = String(NewPassword);
    return done({ SetFirmwarePassword: { PasswordChanged: fits } });
  },
  VerifyFirmwarePassword: (state, { Password }) => done({ VerifyFirmwarePassword: { PasswordVerified: Password === memoryOf(state).firmwarePassword } }),
  SetRecoveryLock: (state, { CurrentPassword, NewPassword }) => {
    const memory = memoryOf(state);
    if (memory.recoveryLock !== "" && CurrentPassword !== memory.recoveryLock) return failed(DEVICE_ERRORS.malformedRequest);
    memory.recoveryLock = String(NewPassword);
    return done();
  },
  VerifyRecoveryLock: (state, { Password }) => done({ PasswordVerified: Password === memoryOf(state).recoveryLock }),
  RotateFileVaultKey: () => done({ RotateResult: { EncryptedNewRecoveryKey: randomBytes(512) } }),
  RequestUnlockToken: (state) => (state.unlockToken === null ? failed(DEVICE_ERRORS.unknownRequestType) : done({ UnlockToken: state.unlockToken })),
  EnableLostMode: (state, parameters) => {
    memoryOf(state).lostMode = parameters;
    state.locked = true;
    return done();
  },
  DisableLostMode: (state) => {
    if (memoryOf(state).lostMode === null) return failed(NOT_LOST);
    memoryOf(state).lostMode = null;
    state.locked = false;
    return done();
  },
  PlayLostModeSound: (state) => (memoryOf(state).lostMode === null ? failed(NOT_LOST) : done()),
  DeviceLocation: (state) =>
    memoryOf(state).lostMode === null
      ? failed(NOT_LOST)
      : done({ Latitude: 47.3769, Longitude: 8.5417, Altitude: 408.5, HorizontalAccuracy: 12.5, VerticalAccuracy: 4.5, Speed: -1.5, Course: -1.5, Timestamp: new Date().toISOString() }),
  Restrictions: (_state, { ProfileRestrictions }) =>
    done({
      GlobalRestrictions: { restrictedBool: { allowCamera: { value: true }, allowAirDrop: { value: false } }, restrictedValue: { maxInactivity: { value: 5 } } },
      ...(ProfileRestrictions === true ? { ProfileRestrictions: { "org.example.wifi": { restrictedBool: { allowAirDrop: { value: false } } } } } : {}),
    }),
  UserList: (state) => {
    const mac = state.hardware.model.family === "Mac";
    return done({
      Users: memoryOf(state).users.map((UserName, index): PlistDictionary =>
        mac
          ? { UserName, FullName: UserName.toUpperCase(), UID: 501 + index, UserGUID: `00000000-0000-4000-8000-00000000050${index}`, IsLoggedIn: index === 0, MobileAccount: false, HasSecureToken: index === 0 }
          : { UserName, IsLoggedIn: index === 0, HasDataToSync: false, DataQuota: 5_000_000_000, DataUsed: 120_000_000 },
      ),
    });
  },
  DeleteUser: (state, { UserName, DeleteAllUsers }) => {
    const memory = memoryOf(state);
    if (DeleteAllUsers !== true && !memory.users.includes(String(UserName))) return failed({ code: 12071, domain: "MCMDMErrorDomain", text: "The user does not exist." });
    memory.users = DeleteAllUsers === true ? [] : memory.users.filter((user) => user !== UserName);
    return done();
  },
  ScheduleOSUpdateScan: (state) => {
    memoryOf(state).updateScanned = true;
    return done({ ScanInitiated: true });
  },
  AvailableOSUpdates: (state) =>
    done({
      AvailableOSUpdates:
        state.hardware.model.family === "Mac" && !memoryOf(state).updateScanned
          ? []
          : [{ ProductKey: "MSU_UPDATE_24C101_patch_15.2", HumanReadableName: "Update 15.2", ProductName: "System", Version: "15.2", Build: "24C101", DownloadSize: 1_500_000_000, InstallSize: 3_000_000_000, IsCritical: false, RestartRequired: true, IsSecurityResponse: false }],
    }),
  ScheduleOSUpdate: (_state, { Updates }) =>
    done({ UpdateResults: (Array.isArray(Updates) ? Updates : []).map(() => ({ ProductKey: "MSU_UPDATE_24C101_patch_15.2", InstallAction: "DownloadOnly", Status: "Downloading" })) }),
  OSUpdateStatus: () => done({ OSUpdateStatus: [{ ProductKey: "MSU_UPDATE_24C101_patch_15.2", IsDownloaded: false, DownloadPercentComplete: 0.42, Status: "Downloading" }] }),
  ContentCachingInformation: () => done({ StatusResponse: { Activated: true, Active: true, CacheUsed: 12_000_000_000, CacheLimit: 0, CacheFree: 90_000_000_000, CacheStatus: "OK", Port: 49_152, ServerGUID: "00000000-0000-4000-8000-00000000C0DE", Peers: [] } }),
  LOMSetupRequest: () => done({ PrimaryIPv6AddressList: ["fe80::1"], SecondaryIPv6AddressList: [], LOMProtocolVersion: 1 }),
  LOMDeviceRequest: (_state, { RequestList }) =>
    done({ ResponseList: (Array.isArray(RequestList) ? RequestList : []).map((request) => ({ DeviceRequestSuccess: true, DeviceRequestUUID: String((request as Record<string, unknown>)["DeviceRequestUUID"]) })) }),
  RequestMirroring: () => done({ MirroringResult: "Prompting" }),
};

const NOT_LOST = { code: 12067, domain: "MCMDMErrorDomain", text: "The device is not in Lost Mode." };
