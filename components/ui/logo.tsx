/** The mark of Muster: an M, and the device that has come forward. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" fill="var(--solid)" />
      <path d="M8 23V10l8 7.5L24 10v13" fill="none" stroke="var(--on-solid)" strokeWidth="3" strokeLinecap="round" strokeLinejoin="round" />
      <circle cx="16" cy="23" r="2.25" fill="#4d8dff" />
    </svg>
  );
}
