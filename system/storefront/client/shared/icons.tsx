// Small drawings of lines, beside or in place of words; what they mean is said by what they stand in.
const PATHS = {
  cart: 'M3 4h2l2.4 11h10.2L20 7H6.2M9 20h.01M17 20h.01',
  heart:
    'M12 20s-7.5-4.6-9-9.2C1.9 7 4.3 4.5 7 4.5c2 0 3.7 1 5 3 1.3-2 3-3 5-3 2.7 0 5.1 2.5 4 6.3C19.5 15.4 12 20 12 20z',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.5 2.5h-15zM10 21h4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
} as const;

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
