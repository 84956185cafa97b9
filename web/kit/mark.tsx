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

const RAMP = 94 / 178
/** The height of the ramp's edge at a place left of the middle. */
const edge = (x: number) => 198 - (x - 60) * RAMP
const SHOPS = [86, 110, 134, 158, 182, 206]

/** One half of the arcade: shops that climb with the ramp, under one roof. */
function Half() {
  const roof = (x: number) => edge(x) - 42
  return (
    <>
      <path d={`M-10 235 60 198 238 104M76 ${roof(76)} 258 ${roof(258)}M76 ${roof(76)}V${edge(76)}`} />
      {SHOPS.map((x) => {
        const spring = edge(x + 18) - 14
        return <path key={x} strokeWidth="1.4" d={`M${x} ${edge(x)}V${spring}a9 9 0 0 1 18 0V${edge(x + 18)}`} />
      })}
    </>
  )
}

/** The same bridge as a wide line drawing for the door of the house. */
export function Bridge() {
  return (
    <svg className="bridge" viewBox="0 0 600 290" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
      <Half />
      <g transform="matrix(-1 0 0 1 600 0)">
        <Half />
      </g>
      <path d="M238 104h124M258 104V52h84v52M252 52l48-26 48 26zM282 104V80a18 18 0 0 1 36 0v24" />
      <path d="M120 240a184 122 0 0 1 360 0M138 240a166 108 0 0 1 324 0M-10 240h130M480 240h130" />
      {[254, 265, 276].map((y, i) => (
        <path
          key={y}
          d={`M${-30 + i * 18} ${y}q18-5 36 0t36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0`}
          strokeWidth="1.2"
        />
      ))}
    </svg>
  )
}
