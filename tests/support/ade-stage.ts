import type { AdeConfigurationDto, AdeDeviceDto, AdeServerDto, CreateAdeConfigurationBody } from "@/lib/contracts/ade";
import { AssignmentStandIn } from "./assignment-stand-in";
import { rows, sharing } from "./backstage";
import { DeviceCa } from "./device-ca";
import { eventually, Stage } from "./stage";

let configurations = 0;

/** A stage that Apple's stand-ins for device assignment and for the authority over devices belong to. */
export class AdeStage extends Stage {
  #apple: AssignmentStandIn | null = null;
  #ca: DeviceCa | null = null;

  get apple(): AssignmentStandIn {
    if (this.#apple === null) throw new Error("the stand-in is not started");
    return this.#apple;
  }
  get ca(): DeviceCa {
    if (this.#ca === null) throw new Error("there is no device authority yet");
    return this.#ca;
  }

  override async start(env: Record<string, string> = {}): Promise<void> {
    this.#apple = await AssignmentStandIn.start();
    this.#ca = await DeviceCa.create();
    await super.start({ ADE_URL: this.#apple.url, DEVICE_CA_FILE: this.#ca.writeFile(), ...env });
  }

  override async stop(): Promise<void> {
    await super.stop();
    await this.#apple?.close();
  }

  configuration(body: Partial<CreateAdeConfigurationBody> = {}): Promise<AdeConfigurationDto> {
    return this.api.call("createAdeConfiguration", { body: { name: `Configuration ${++configurations}`, admission: "anyone", ...body } });
  }

  /** A server with the token of the stand-in's account. */
  async connectedServer(name = "School"): Promise<AdeServerDto> {
    const { id, certificatePem } = await this.api.call("createAdeServer", { body: { name } });
    return this.api.call("putAdeServerToken", { params: { id }, body: { token: this.apple.mintToken(certificatePem) } });
  }

  server(id: string): Promise<AdeServerDto> {
    return this.api.call("getAdeServer", { params: { id } });
  }

  /** Syncs now and waits until the list was read to its end. */
  async sync(id: string, full = false): Promise<AdeServerDto> {
    const asked = Date.now();
    await this.api.call("syncAdeServer", { params: { id }, query: { full: full ? "true" : "false" } });
    return eventually(() => this.server(id), ({ sync }) => sync.syncedAt !== null && Date.parse(sync.syncedAt) >= asked && !sync.full);
  }

  /** The device as the list shows it; null when it does not. */
  async adeDevice(serial: string): Promise<AdeDeviceDto | null> {
    return (await this.api.call("listAdeDevices", { query: { query: serial } })).items.find((device) => device.serialNumber === serial) ?? null;
  }

  /** Of a kind, oldest first; also those that no API lists. */
  events(kind: string): Promise<{ linkId: string | null; data: Record<string, unknown> }[]> {
    return rows(`SELECT "linkId","data" FROM "Event" WHERE "kind" = $1 ORDER BY "id"`, [kind]);
  }

  deviceIn(serial: string, state: AdeDeviceDto["state"]): Promise<AdeDeviceDto | null> {
    return eventually(() => this.adeDevice(serial), (device) => device?.state === state);
  }
}

/** At the top of a test file: its tests share one stage. */
export function withAdeStage(env: Record<string, string> = {}): AdeStage {
  return sharing(new AdeStage(), env);
}
