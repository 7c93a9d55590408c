import type { DeviceDto, EnrollmentDto } from "@/lib/contracts/devices";

/** A user of a device who can be managed on a channel of their own. */
export interface ChannelUser {
  /** The key of their channel, which the API takes for a user: all users of Shared iPads have one UserID. */
  channelKey: string;
  name: string;
  enrollment: EnrollmentDto;
}

/** The name of a user channel, as far as the device has told it. */
export function userName(enrollment: EnrollmentDto, userId: string): string {
  return enrollment.userLongName ?? enrollment.userShortName ?? userId;
}

/** The UserID of a user channel, which stands behind its device's key. */
export function userIdOf(enrollment: EnrollmentDto): string {
  const at = enrollment.channelKey.indexOf(":");
  return at === -1 ? enrollment.channelKey : enrollment.channelKey.slice(at + 1);
}

/** The users of this device who can be sent commands now. */
export function channelUsers(device: DeviceDto): ChannelUser[] {
  return device.enrollments
    .filter((enrollment) => enrollment.channel === "user" && enrollment.endedAt === null)
    .map((enrollment) => ({ channelKey: enrollment.channelKey, name: userName(enrollment, userIdOf(enrollment)), enrollment }));
}

/** The channels that commands of this device may have gone to: that of the device in each of its lives, and those of users, ended ones too, each once by its newest life. */
export function channelOptions(device: DeviceDto): { value: string; label: string; user: boolean }[] {
  const seen = new Set<string>();
  const newest = device.enrollments.find(({ channel }) => channel === "device");
  return device.enrollments
    .filter((enrollment) => {
      const key = enrollment.channel === "device" ? enrollment.id : enrollment.channelKey;
      const first = !seen.has(key);
      seen.add(key);
      return first;
    })
    .map((enrollment) => ({
      value: enrollment.id,
      label: enrollment === newest ? "The device" : enrollment.channel === "device" ? `Enrollment ${enrollment.life}` : userName(enrollment, userIdOf(enrollment)),
      user: enrollment.channel === "user",
    }));
}
