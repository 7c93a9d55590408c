/** Negative, zero or positive as `a` comes before, with or after `b`, part by part: 10.9 < 10.10. What is no number counts as 0. */
export function compareVersions(a: string, b: string): number {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let part = 0; part < Math.max(left.length, right.length); part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): number[] {
  return version.slice(0, 50).split(".").map((part) => Number.parseInt(part, 10) || 0);
}
