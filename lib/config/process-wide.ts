/**
 * One value for the whole process, however many bundles hold a copy of the module that asks for it:
 * the server bundle and Next's route bundles run side by side and must share pool, caches and hubs.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`muster.${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return (holder[key] ??= make());
}
