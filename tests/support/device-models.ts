export type DeviceFamily = "iPhone" | "iPad" | "Mac" | "AppleTV";

/** What all devices of one model share. */
export interface DeviceModel {
  family: DeviceFamily;
  /** The name people know. */
  marketingName: string;
  productName: string;
  model: string;
  modelNumber: string;
  modelName: string;
  osVersion: string;
  buildVersion: string;
  capacityGb: number;
  cellular: boolean;
}

const IOS = { osVersion: "18.1", buildVersion: "22B83" };
const TVOS = { osVersion: "18.1", buildVersion: "22J580" };
const MACOS = { osVersion: "15.1", buildVersion: "24B83" };

export const DEVICE_MODELS: readonly DeviceModel[] = [
  { family: "iPhone", marketingName: "iPhone 15 Pro", productName: "iPhone16,1", model: "MTUW3", modelNumber: "MTUW3ZD/A", modelName: "iPhone", capacityGb: 255.87, cellular: true, ...IOS },
  { family: "iPhone", marketingName: "iPhone 16", productName: "iPhone17,3", model: "MYEA3", modelNumber: "MYEA3ZD/A", modelName: "iPhone", capacityGb: 127.94, cellular: true, ...IOS },
  { family: "iPhone", marketingName: "iPhone SE (3rd generation)", productName: "iPhone14,6", model: "MMXF3", modelNumber: "MMXF3ZD/A", modelName: "iPhone", capacityGb: 63.97, cellular: true, ...IOS, osVersion: "17.7", buildVersion: "21H16" },
  { family: "iPad", marketingName: "iPad (10th generation)", productName: "iPad13,18", model: "MPQ03", modelNumber: "MPQ03FD/A", modelName: "iPad", capacityGb: 63.97, cellular: false, ...IOS },
  { family: "iPad", marketingName: "iPad Pro 11-inch (M4)", productName: "iPad16,3", model: "MVV83", modelNumber: "MVV83NF/A", modelName: "iPad", capacityGb: 255.87, cellular: false, ...IOS },
  { family: "Mac", marketingName: "MacBook Air (13-inch, M3)", productName: "Mac15,12", model: "Mac15,12", modelNumber: "MRXN3SM/A", modelName: "MacBook Air", capacityGb: 494.38, cellular: false, ...MACOS },
  { family: "Mac", marketingName: "MacBook Pro (14-inch, M3)", productName: "Mac15,3", model: "Mac15,3", modelNumber: "MTL73SM/A", modelName: "MacBook Pro", capacityGb: 994.66, cellular: false, ...MACOS },
  { family: "Mac", marketingName: "Mac mini (2023)", productName: "Mac14,3", model: "Mac14,3", modelNumber: "MMFJ3SM/A", modelName: "Mac mini", capacityGb: 245.11, cellular: false, ...MACOS, osVersion: "14.7", buildVersion: "23H124" },
  { family: "AppleTV", marketingName: "Apple TV 4K (3rd generation)", productName: "AppleTV14,1", model: "MN873", modelNumber: "MN873FD/A", modelName: "Apple TV", capacityGb: 63.97, cellular: false, ...TVOS },
];

/** The first model of a family. */
export function modelOf(family: DeviceFamily): DeviceModel {
  const model = DEVICE_MODELS.find((candidate) => candidate.family === family);
  if (model === undefined) throw new Error(`no model of family ${family}`);
  return model;
}
