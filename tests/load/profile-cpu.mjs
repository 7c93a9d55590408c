// With NODE_OPTIONS="--import …/profile-cpu.mjs": samples the process until it ends and writes CPU_PROFILE (Chromium's format).
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector";

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.start");
process.on("exit", () => {
  session.post("Profiler.stop", (error, { profile } = {}) => {
    if (!error) writeFileSync(process.env.CPU_PROFILE, JSON.stringify(profile));
  });
});
