/** The bridge: one arch, two slopes. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="var(--mantine-primary-color-filled)" />
      <path
        d="M4 23h3.5a8.5 8.5 0 0 1 17 0H28M5 19.5 16 9.5l11 10"
        fill="none"
        stroke="var(--mantine-primary-color-contrast)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}

/** The same bridge as a wide line drawing for the door of the house. */
export function Bridge() {
  const arcade = [-3, -2, -1, 1, 2, 3]
  return (
    <svg className="bridge" viewBox="0 0 600 260" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <path d="M-10 212h110a200 178 0 0 1 400 0h110" />
      <path d="M112 212a188 164 0 0 1 376 0" />
      <path d="M-10 170 210 62h180l220 108M-10 150 206 44h188l216 106" />
      <path d="M262 44V2h76v42M262 2 300-16 338 2M276 44V22a24 20 0 0 1 48 0v22" />
      {arcade.map((i) => {
        const x = 300 + Math.sign(i) * (34 + Math.abs(i) * 34)
        const y = 44 + Math.max(0, Math.abs(i) - 1) * 9
        return <path key={i} d={`M${x - 12} ${y + 14}v-20a12 12 0 0 1 24 0v20`} />
      })}
      {[226, 236, 246].map((y, i) => (
        <path
          key={y}
          d={`M${-10 + i * 20} ${y}q18-6 36 0t36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0`}
          strokeWidth="1.4"
        />
      ))}
    </svg>
  )
}
