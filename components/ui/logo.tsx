/** Columns and rows of the dots that stand in line as an M. */
const DOTS: readonly (readonly [number, number])[] = [
  [0, 0], [4, 0],
  [0, 1], [1, 1], [3, 1], [4, 1],
  [0, 2], [2, 2], [4, 2],
  [0, 3], [4, 3],
];
const PITCH = 4.5;
const LEFT = 7;
const TOP = 9.25;

/** The mark of Muster: eleven devices in line. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" fill="var(--solid)" />
      {DOTS.map(([column, row]) => (
        <circle key={`${column} ${row}`} cx={LEFT + column * PITCH} cy={TOP + row * PITCH} r="1.75" fill={column === 2 ? "#4d8dff" : "var(--on-solid)"} />
      ))}
    </svg>
  );
}
