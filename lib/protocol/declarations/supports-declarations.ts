/** Apple's schema, DeclarativeManagement: the first version of each system that knows it. */
const FIRST: Readonly<Record<string, number>> = { ios: 15, ipados: 15, macos: 13, tvos: 16, visionos: 1, watchos: 10 };

/** Whether a system takes part in declarative management. One that is not known is asked. */
export function supportsDeclarations(platform: string, osVersion: string | null): boolean {
  const first = FIRST[platform];
  const major = Number.parseInt(osVersion ?? "", 10);
  return first === undefined || Number.isNaN(major) || major >= first;
}
