import { randomUUID } from "node:crypto";
import type { PlistDictionary } from "@/lib/protocol/plist/plist-value";
import { perform } from "./device-answers";
import { DeviceChannel } from "./device-channel";
import { isSuccess, readCommand, ServerRefused, type DeviceCommand } from "./device-command";
import { errorChain } from "./device-error";
import type { HttpAnswer } from "./device-http";
import type { DeviceLine } from "./device-line";
import { deviceNames, type CommandStatus } from "./device-messages";
import { newPushAddress, type DeviceState, type PushAddress } from "./device-state";
import type { SignedMessage } from "./signed-message";

/** Every user of a Shared iPad has it. */
export const SHARED_IPAD_USER_ID = "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF";
const MAX_COMMANDS = 100;

export interface UserWishes {
  shortName?: string;
  longName?: string;
  id?: string;
  /** A Shared iPad whose setup of this user waits for UserConfigured. */
  awaitingConfiguration?: boolean;
}

/** One user of a device: speaks with the identity of the device, has a push address and a queue of his own. */
export class DeviceUser extends DeviceChannel {
  readonly shortName: string;
  readonly longName: string;
  readonly id: string;
  push: PushAddress = newPushAddress();
  awaitingConfiguration: boolean;
  /** Another user is at the screen. */
  notOnConsole = false;
  readonly #line: DeviceLine;
  readonly #state: DeviceState;

  constructor(line: DeviceLine, state: DeviceState, wishes: UserWishes) {
    const id = wishes.id ?? (state.sharedIpad ? SHARED_IPAD_USER_ID : randomUUID().toUpperCase());
    const shortName = wishes.shortName ?? `user-${randomUUID().slice(0, 8)}`;
    const longName = wishes.longName ?? "Ada Example";
    super(line, () => namesOf(state, id, shortName, longName));
    this.id = id;
    this.shortName = shortName;
    this.longName = longName;
    this.awaitingConfiguration = wishes.awaitingConfiguration ?? false;
    this.#line = line;
    this.#state = state;
  }

  /** @throws ServerRefused */
  async tokenUpdate(extra: PlistDictionary = {}): Promise<void> {
    const { management, sharedIpad } = this.#state;
    const { token, magic } = this.push;
    const console: PlistDictionary = sharedIpad ? { AwaitingConfiguration: this.awaitingConfiguration } : { NotOnConsole: this.notOnConsole };
    await this.#line.checkIn({
      MessageType: "TokenUpdate", Topic: management?.mdm.topic ?? "", ...this.names(), Token: token, PushMagic: magic, ...console, ...extra,
    });
  }

  /** A network user logs in. */
  userAuthenticate(digestResponse: string | null = null): Promise<HttpAnswer> {
    return this.say("UserAuthenticate", digestResponse === null ? {} : { DigestResponse: digestResponse });
  }

  checkOut(): Promise<HttpAnswer> {
    return this.say("CheckOut", { Topic: this.#state.management?.mdm.topic ?? "" });
  }

  signReport(status: CommandStatus, commandUuid: string | null = null, body: PlistDictionary = {}): SignedMessage {
    const console: PlistDictionary = this.#state.hardware.model.family === "Mac" ? { NotOnConsole: this.notOnConsole } : {};
    return this.#line.sign("report", { Status: status, ...this.names(), ...console, ...(commandUuid === null ? {} : { CommandUUID: commandUuid }), ...body });
  }

  /** Reports and fetches the next command of this user. @throws ServerRefused */
  async connect(status: CommandStatus, command: DeviceCommand | null = null, body: PlistDictionary = {}): Promise<DeviceCommand | null> {
    const answer = await this.#line.deliver(this.signReport(status, command?.uuid ?? null, body));
    if (!isSuccess(answer)) throw new ServerRefused(status, answer);
    return readCommand(answer);
  }

  /** Carries out whatever waits for this user. */
  async runSession(): Promise<DeviceCommand[]> {
    const received: DeviceCommand[] = [];
    for (let command = await this.connect("Idle"); command !== null; command = await this.#answer(command)) {
      received.push(command);
      if (received.length > MAX_COMMANDS) throw new Error("the server repeats itself");
    }
    this.#line.hangUp();
    return received;
  }

  async #answer(command: DeviceCommand): Promise<DeviceCommand | null> {
    if (command.requestType === "UserConfigured") {
      this.awaitingConfiguration = false;
      return this.connect("Acknowledged", command);
    }
    if (command.requestType === "DeclarativeManagement") await this.declarations.obey(command);
    const { errors, body } = perform(this.#state, command.requestType, command.parameters);
    return errors.length > 0 ? this.connect("Error", command, { ErrorChain: errorChain(errors) }) : this.connect("Acknowledged", command, body);
  }
}

function namesOf(state: DeviceState, id: string, shortName: string, longName: string): PlistDictionary {
  if (state.sharedIpad) return { ...deviceNames(state), UserID: id, UserShortName: shortName };
  if (state.enrollmentId !== null) return { ...deviceNames(state), EnrollmentUserID: id, UserShortName: shortName, UserLongName: longName };
  return { ...deviceNames(state), UserID: id, UserShortName: shortName, UserLongName: longName };
}
