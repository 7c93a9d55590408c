import { z } from "zod";

/** Enough to see the product; for more there is the command. */
const MOST_DEVICES = 200;

export const simulation = z.object({
  /** Does this node answer for simulated devices now? */
  running: z.boolean(),
  /** Enrolled through links for simulated devices. */
  devices: z.number().int(),
  /** The last thing the simulator said; null when it has not run. */
  lastWords: z.string().nullable(),
});
export type Simulation = z.infer<typeof simulation>;

export const startSimulationBody = z.object({ devices: z.number().int().min(1).max(MOST_DEVICES) });
export type StartSimulationBody = z.input<typeof startSimulationBody>;
