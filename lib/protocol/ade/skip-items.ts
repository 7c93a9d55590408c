/** Panes of Setup Assistant that can be left out (Apple's schema, other/skipkeys). Apple adds to them; others are passed on as they are. */
export const SKIP_ITEMS = [
  "Accessibility", "ActionButton", "Android", "Appearance", "AppleID", "AppStore", "Biometric", "CameraButton", "DeviceToDeviceMigration", "Diagnostics", "EnableLockdownMode",
  "FileVault", "iCloudDiagnostics", "iCloudStorage", "iMessageAndFaceTime", "Intelligence", "Keyboard", "Location", "MessagingActivationUsingPhoneNumber", "Passcode", "Payment",
  "Privacy", "Restore", "RestoreCompleted", "Safety", "ScreenSaver", "ScreenTime", "SIMSetup", "Siri", "SoftwareUpdate", "SpokenLanguage", "TapToSetup", "TermsOfAddress", "TOS",
  "TVHomeScreenSync", "TVProviderSignIn", "TVRoom", "UpdateCompleted", "Wallpaper", "WatchMigration", "WebContentFiltering", "Welcome",
] as const;
