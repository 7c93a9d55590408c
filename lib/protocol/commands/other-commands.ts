import type { CommandSpec } from "./command-spec";
import { makeSpec } from "./make-spec";

/** Apple's schema: declarativemanagement, mirroring.*, remotedesktop.*, and the two log commands of the 27 systems. */
export const OTHER_COMMANDS: readonly CommandSpec[] = [
  makeSpec("DeclarativeManagement", {
    title: "Synchronize declarations",
    words: ["ddm", "declarations", "declarative", "sync"],
    summary: "Switches declarative management on, or has the device compare its declarations with ours.",
    group: "Declarations",
    parameters: { Data: "JSON with the synchronization tokens, which saves the device one request. Usually left to the server." },
  }),
  makeSpec("TriggerEnhancedLogCollection", {
    title: "Collect logs for Apple",
    words: ["logs", "diagnostics", "sysdiagnose", "applecare", "support"],
    summary: "Starts the collection of logs for a case at AppleCare.",
    group: "Diagnostics",
    parameters: { AppleCareToken: "The token AppleCare gave for this case." },
  }),
  makeSpec("CancelEnhancedLogCollection", {
    title: "Stop collecting logs",
    words: ["logs", "diagnostics", "applecare", "cancel"],
    summary: "Stops a collection of logs for AppleCare. Harmless when none is running.",
    group: "Diagnostics",
  }),
  makeSpec("RequestMirroring", {
    title: "Start AirPlay",
    words: ["airplay", "mirror", "screen", "projector", "apple tv"],
    summary: "Asks the user to show the screen on an AirPlay receiver.",
    group: "Remote",
    parameters: {
      DestinationName: "The name of the receiver.",
      DestinationDeviceID: "The hardware address of the receiver, xx:xx:xx:xx:xx:xx; it is taken before the name.",
      ScanTime: { min: 10, max: 300, help: "Seconds to look for the receiver, 10 to 300. Left out, 30." },
      Password: "The password of the receiver.",
    },
  }),
  makeSpec("StopMirroring", {
    title: "Stop AirPlay",
    words: ["airplay", "mirror", "screen"],
    summary: "Ends showing the screen on an AirPlay receiver.",
    group: "Remote",
  }),
  makeSpec("EnableRemoteDesktop", {
    title: "Turn on remote desktop",
    words: ["remote desktop", "ard", "screen sharing", "vnc"],
    summary: "Lets every user of the Mac be observed and controlled by Apple Remote Desktop.",
    group: "Remote",
  }),
  makeSpec("DisableRemoteDesktop", {
    title: "Turn off remote desktop",
    words: ["remote desktop", "ard", "screen sharing", "vnc"],
    summary: "Turns Apple Remote Desktop off.",
    group: "Remote",
  }),
];
