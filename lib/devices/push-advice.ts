import type { PushCause } from "@/lib/contracts/words";

/** The likely cause in a sentence, and what to do, first things first. */
export const PUSH_ADVICE: Record<PushCause, { sentence: string; advice: readonly string[] }> = {
  healthy: { sentence: "The device connected after the last push. Everything works.", advice: [] },
  idle: { sentence: "Nothing was pushed yet, because nothing was waiting.", advice: ["Send a test push to see whether the device answers."] },
  pending: { sentence: "A push is due and leaves within a minute.", advice: [] },
  waiting: {
    sentence: "Apple accepted the push within the last minutes, and the device has not answered yet. One that is awake and online connects within seconds.",
    advice: ["If nothing comes, wake the device or plug it in: many sleep, and Apple keeps the push for seven days."],
  },
  "never-connected": {
    sentence: "The device enrolled and has not asked for commands since. Apple may not have known it yet when the first pushes left; they were repeated after 30 seconds and 5 minutes.",
    advice: [
      "Check that the device is on and online, and that its network lets it reach Apple on port 5223 (or 443).",
      "A Mac in a virtual machine may get no pushes at all: that is a limit of the guest system.",
      "On a Mac, sudo profiles renew -type enrollment asks it to connect.",
    ],
  },
  silent: {
    sentence: "Apple accepts the pushes, and the device does not connect. Most likely it is off, asleep, out of battery or without a network.",
    advice: [
      "Wake it or plug it in. It is pushed again by itself after 1, 6 and 24 hours, 3 days, and then weekly.",
      "Check that its network lets it reach Apple on port 5223 (or 443) and this server.",
      "If it is on and online, its enrollment profile may have been removed without a network: look in its settings.",
    ],
  },
  lost: {
    sentence: "Nothing was heard for more than a week, although Apple accepts the pushes. Most likely it is in a drawer, was erased, or its profile was removed while it was offline.",
    advice: [
      "Find the device and look in its settings for the enrollment profile.",
      "If the profile is there and it is online, the push magic may have been lost: let it enroll again.",
      "If it was erased or replaced, end its management here.",
    ],
  },
  holding: {
    sentence: "The device connects, but has not answered commands it was given: it said NotNow, or its connection broke.",
    advice: ["It is pushed again by itself. Unlocking the device, or signing in on a Mac, often lets it go on.", "See its Commands for what is held back."],
  },
  "token-refused": {
    sentence: "Apple refuses the push token of this device: it belongs to another topic or environment, or was garbled. Apple says so by mistake at times, so the token is kept.",
    advice: ["It is tried again by itself. If the device connects by itself, it sends a new token.", "If it stays so, let the device enroll again."],
  },
  "token-dead": {
    sentence: "Apple says that the device no longer listens to this topic: it was erased, restored, or its enrollment profile was removed.",
    advice: [
      "Nothing is pushed until the device sends a new token; commands wait for it.",
      "Look at the device: if the enrollment profile is gone, enroll it again or end its management here.",
    ],
  },
  failing: { sentence: "The last push did not get through.", advice: ["It is tried again by itself, see Next push."] },
  alarm: {
    sentence: "Pushes fail for every device of this topic.",
    advice: ["See Push certificate: is it the one of this topic, and still valid?", "Check that this server reaches Apple's push host on port 443.", "Pushes wait and leave by themselves once one gets through."],
  },
  "certificate-missing": {
    sentence: "There is no push certificate for the topic of this device, so Apple cannot be asked to wake it.",
    advice: ["Upload the push certificate of this very topic under Push certificate. One of another topic does not help: the topic in an installed profile never changes."],
  },
  "certificate-expired": {
    sentence: "The push certificate of this topic has expired. Devices stay enrolled, but none can be woken.",
    advice: ["Renew it in Apple's portal with the same Apple Account, and upload it under Push certificate. Do not create a new one: that has another topic."],
  },
  "test-topic": {
    sentence: "This device enrolled while there was no push certificate. Its profile names a test topic that Apple does not know, so it connects only by itself.",
    advice: ["Upload a push certificate.", "Then let the device enroll again: the topic of an installed profile never changes."],
  },
  "other-topic": {
    sentence: "The device says that it listens to another topic than the profile names that it was given.",
    advice: ["Its enrollment profile is probably not the newest: let the device enroll again."],
  },
  "no-token": {
    sentence: "The device introduced itself, but has not sent a push token. Its enrollment is not complete.",
    advice: ["Check its network: right after enrolling it must reach Apple on port 5223 (or 443) to get a token.", "If it stays so, remove the profile on the device and let it enroll again."],
  },
  ended: { sentence: "This device is not managed, so there is nothing to push to.", advice: [] },
};
