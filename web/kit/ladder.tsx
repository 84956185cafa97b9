import { IconCircle, IconCircleCheck, IconCircleDot } from '@tabler/icons-react'

export interface Rung {
  key: string
  name: string
  state: 'reached' | 'here' | 'ahead'
  /** What it is worth, or what is still needed, in words. */
  worth: string
}

/** Progress as a ladder, the highest rung on top, each with its worth. */
export function Ladder({ rungs, label }: { rungs: Rung[]; label: string }) {
  return (
    <ol className="ladder" aria-label={label}>
      {rungs.map((rung) => {
        const Drawn = rung.state === 'reached' ? IconCircleCheck : rung.state === 'here' ? IconCircleDot : IconCircle
        return (
          <li key={rung.key} aria-current={rung.state === 'here' ? 'step' : undefined}>
            <Drawn size={20} stroke={1.6} color={rung.state === 'ahead' ? 'currentcolor' : 'var(--lagoon)'} aria-hidden="true" />
            <span>{rung.name}</span>
            <span className="figure small">{rung.worth}</span>
          </li>
        )
      })}
    </ol>
  )
}
