import { randomUUID } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import type { ConfigurationProfile } from "./configuration-profile";
import { perform, type Aftermath } from "./device-answers";
import { backUp, restoreState, type DeviceBackup } from "./device-backup";
import { DeviceChannel } from "./device-channel";
import { isSuccess, readCommand, ServerRefused, type DeviceCommand } from "./device-command";
import { DEVICE_ERRORS, errorChain, type DeviceError } from "./device-error";
import { inventHardware, type DeviceHardware, type HardwareWishes } from "./device-hardware";
import type { HttpAnswer } from "./device-http";
import { DeviceLine, type LineOptions } from "./device-line";
import { authenticateMessage, checkOutMessage, deviceNames, reportMessage, tokenUpdateMessage, type CommandStatus } from "./device-messages";
import { newPushAddress, newState, type DeviceState, type Management, type StateWishes } from "./device-state";
import { DeviceUser, type UserWishes } from "./device-user";
import type { MessageKind, SignedMessage } from "./signed-message";

export interface DeviceOptions extends HardwareWishes, StateWishes, LineOptions {}

/** How a device strays from carrying out a command. Silence: it took the command and is not heard of again in this session. */
export type Deviation =
  | { kind: "not-now" }
  | { kind: "error"; errors: readonly DeviceError[] }
  | { kind: "format-error" }
  | { kind: "silence" };

/** More commands than this in one session mean that the server repeats itself. */
const MAX_COMMANDS = 1_000;

/** An Apple device as its server sees it: it speaks the real protocol over HTTP and keeps what it is told. */
export class SimulatedDevice extends DeviceChannel {
  readonly state: DeviceState;
  /** The status of the last report: only after NotNow does a device poll again by itself. */
  lastStatus: CommandStatus | null = null;
  /** Asked before each command; for devices with moods. */
  temper: ((command: DeviceCommand) => Promise<Deviation | null>) | null = null;

  readonly #options: DeviceOptions;
  readonly #line: DeviceLine;
  readonly #deviations = new Map<string, Deviation>();
  /** A report the server has not taken: repeated until it does. */
  #unsentReport: PlistDictionary | null = null;
  #lastSession: Promise<unknown> = Promise.resolve();

  /** Fresh from the box: not yet managed. */
  constructor(options: DeviceOptions = {}) {
    const state = newState(inventHardware(options), options);
    const line = new DeviceLine(state, options);
    super(line, () => deviceNames(state));
    this.#options = options;
    this.state = state;
    this.#line = line;
  }

  /** A new device that has opened the link, installed the profile and checked in. */
  static async enroll(profileUrl: string, options: DeviceOptions = {}): Promise<SimulatedDevice> {
    const device = new SimulatedDevice(options);
    await device.enroll(profileUrl);
    return device;
  }

  get hardware(): DeviceHardware {
    return this.state.hardware;
  }
  get udid(): string {
    return this.state.hardware.udid;
  }
  get serialNumber(): string {
    return this.state.hardware.serialNumber;
  }
  get managed(): boolean {
    return this.state.management !== null;
  }
  /** @throws when the device is not managed */
  get management(): Management {
    if (this.state.management === null) throw new Error(`${this.state.name} is not managed`);
    return this.state.management;
  }
  /** Status code of the last answer of the server. */
  get lastHttpStatus(): number {
    return this.#line.lastHttpStatus;
  }

  /** Downloads and installs the profile, gets an identity, and checks in. @throws when any of it is refused */
  async enroll(profileUrl: string): Promise<void> {
    this.declarations.forget();
    // Each User Enrollment has a name of its own.
    if (this.state.enrollmentId !== null) this.state.enrollmentId = randomUUID().toUpperCase();
    try {
      await this.join(await this.download(profileUrl));
    } catch (error) {
      this.#line.forgetManagement();
      throw error;
    } finally {
      this.#line.hangUp();
    }
  }

  download(profileUrl: string): Promise<ConfigurationProfile> {
    return this.#line.download(profileUrl);
  }

  /** Takes an enrollment profile and gets its identity; says nothing to the server yet. */
  async install(profile: ConfigurationProfile): Promise<void> {
    this.#unsentReport = null;
    await this.#line.install(profile);
  }

  /** Takes an enrollment profile, gets its identity, and checks in. @throws when any of it is refused */
  async join(profile: ConfigurationProfile): Promise<void> {
    await this.install(profile);
    await this.authenticate();
    await this.tokenUpdate();
  }

  /** `extra` is laid over the message. @throws ServerRefused */
  async authenticate(extra: PlistDictionary = {}): Promise<void> {
    await this.#line.checkIn({ ...authenticateMessage(this.state, this.management), ...extra });
  }

  async tokenUpdate(extra: PlistDictionary = {}): Promise<void> {
    await this.#line.checkIn({ ...tokenUpdateMessage(this.state, this.management), ...extra });
  }

  /** Somebody who logs in; says nothing to the server yet. */
  user(wishes: UserWishes = {}): DeviceUser {
    return new DeviceUser(this.#line, this.state, wishes);
  }

  /** APNs gave the device another token; it tells the server. */
  async renewToken(): Promise<void> {
    this.state.push = newPushAddress();
    await this.tokenUpdate();
  }

  backUp(): DeviceBackup {
    return backUp(this.state);
  }

  /**
   * Set up from a backup, its own or another device's (Migration Assistant copies a Mac so): management is back without
   * Authenticate, and APNs has given it another token. @throws ServerRefused
   */
  async restoreFromBackup(backup: DeviceBackup): Promise<void> {
    this.#line.take(backup.management);
    restoreState(this.state, backup);
    await this.tokenUpdate();
  }

  /** Off, or out of every network, until it is unlocked or restored. */
  fallSilent(): void {
    this.#line.hangUp();
    this.state.reachable = false;
  }

  /** Says goodbye once; whether it was heard does not matter to a device. */
  async checkOut(): Promise<void> {
    await this.deliver(this.sign("checkin", checkOutMessage(this.state, this.management))).catch(() => undefined);
  }

  /** What its user can do in Settings: everything managed goes, after a CheckOut where the profile wants one. */
  async removeEnrollmentProfile(): Promise<void> {
    if (this.management.mdm.checkOutWhenRemoved) await this.checkOut();
    this.#line.forgetManagement();
  }

  /** Its owner enters passcode or PIN. */
  unlock(): void {
    this.state.locked = false;
    this.state.reachable = true;
  }

  /** A message of this device, ready to be delivered, repeated or kept for later. */
  sign(kind: MessageKind, message: PlistDictionary): SignedMessage {
    return this.#line.sign(kind, message);
  }

  signReport(status: CommandStatus, commandUuid: string | null = null, body: PlistDictionary = {}): SignedMessage {
    return this.sign("report", reportMessage(this.state, status, commandUuid, body));
  }

  /** Sends a message and answers what came back; 401, or 403 "unrecognized", ends management here. */
  deliver(message: SignedMessage): Promise<HttpAnswer> {
    return this.#line.deliver(message);
  }

  /**
   * Reports and fetches the next command: null when there is none, or when the answer has ended management.
   * A result that was not taken is kept, and goes out in place of the next Idle.
   * @throws ServerRefused on any other status
   */
  async connect(status: CommandStatus, command: DeviceCommand | null = null, body: PlistDictionary = {}): Promise<DeviceCommand | null> {
    const fresh = reportMessage(this.state, status, command?.uuid ?? null, body);
    const message = status === "Idle" ? (this.#unsentReport ?? fresh) : fresh;
    this.lastStatus = message["Status"] as CommandStatus;
    this.#unsentReport = this.lastStatus === "Idle" ? null : message;
    const answer = await this.deliver(this.sign("report", message));
    if (!isSuccess(answer) && this.managed) throw new ServerRefused(this.lastStatus, answer);
    this.#unsentReport = null;
    return this.managed ? readCommand(answer) : null;
  }

  /** From Idle until the server has nothing more: carries everything out and reports it. Returns what it was given. */
  async runSession(): Promise<DeviceCommand[]> {
    const received: DeviceCommand[] = [];
    try {
      let command = await this.connect("Idle");
      while (command !== null) {
        received.push(command);
        if (received.length > MAX_COMMANDS) throw new Error(`more than ${MAX_COMMANDS} commands in one session`);
        command = await this.answer(command);
      }
    } finally {
      this.#line.hangUp();
    }
    return received;
  }

  /** What a push does: a session, after the one that may be under way. A device out of reach does not hear it. */
  wake(): Promise<DeviceCommand[]> {
    const session = this.#lastSession.then(() => (this.managed && this.state.reachable ? this.runSession() : []));
    this.#lastSession = session.catch(() => undefined);
    return session;
  }

  /** Carries one command out, or deviates as told, and reports; the next command or null comes back. */
  async answer(command: DeviceCommand): Promise<DeviceCommand | null> {
    const deviation = this.#deviations.get(command.requestType) ?? (await this.temper?.(command)) ?? null;
    if (deviation !== null) return this.#deviate(command, deviation);
    const { errors, body, aftermath } = perform(this.state, command.requestType, command.parameters);
    if (errors.length > 0) return this.#fail(command, errors);
    if (command.requestType === "DeclarativeManagement") await this.declarations.obey(command);
    if (aftermath === null) return this.connect("Acknowledged", command, body);
    if (typeof aftermath === "object") return this.#replaceEnrollment(command, aftermath.replaceEnrollment);
    // Said once: whatever comes back, the device goes through with it.
    await this.connect("Acknowledged", command, body).catch(() => null);
    await this.#goThrough(aftermath);
    return null;
  }

  /** From now on it answers this request type so. */
  deviate(requestType: string, deviation: Deviation): void {
    this.#deviations.set(requestType, deviation);
  }

  /** Back to carrying everything out. */
  obey(): void {
    this.#deviations.clear();
  }

  #deviate(command: DeviceCommand, deviation: Deviation): Promise<DeviceCommand | null> {
    switch (deviation.kind) {
      case "not-now":
        return this.connect("NotNow", command);
      case "error":
        return this.#fail(command, deviation.errors);
      case "format-error":
        return this.connect("CommandFormatError", command);
      case "silence":
        return Promise.resolve(null);
    }
  }

  #fail(command: DeviceCommand, errors: readonly DeviceError[]): Promise<DeviceCommand | null> {
    return this.connect("Error", command, { ErrorChain: errorChain(errors) });
  }

  /** Renewal: a new identity, Authenticate and TokenUpdate with it, and only then the report. */
  async #replaceEnrollment(command: DeviceCommand, profile: ConfigurationProfile): Promise<DeviceCommand | null> {
    const old = this.management;
    try {
      await this.join(profile);
    } catch {
      if (!this.managed) return null;
      this.#line.take(old);
      return this.#fail(command, [DEVICE_ERRORS.identityNotIssued]);
    }
    return this.connect("Acknowledged", command);
  }

  async #goThrough(aftermath: Exclude<Aftermath, object>): Promise<void> {
    this.#line.hangUp();
    switch (aftermath) {
      case "remove-management":
        if (this.managed) await this.removeEnrollmentProfile();
        break;
      case "erase":
        this.#line.forgetManagement();
        Object.assign(this.state, newState(this.state.hardware, this.#options));
        break;
      case "shut-down":
        this.state.reachable = false;
        break;
      case "restart":
        // A Mac that was locked waits for its PIN, without a network.
        this.state.reachable = !(this.state.locked && this.hardware.model.family === "Mac");
    }
  }
}
