import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Joined, TwoCards } from './two-cards.tsx'
import { useAct } from './use-act.ts'

interface Known {
  id: string
  created_at: string
}

interface Props<R extends Known> {
  both: [R, R]
  rows: Joined[]
  words: {
    title: string
    /** What moves, and what does not. */
    text: string
    which: string
    /** A record as the choice names it. */
    choice: (one: R, at: 0 | 1) => string
    doing: (goes: R, stays: R) => string
    done: (goes: R, stays: R) => string
  }
  merge: (goes: R, stays: R) => Promise<unknown>
}

/** Two records of one thing side by side; one takes in the other, the older unless chosen otherwise. */
export function MergeTwo<R extends Known>({ both, rows, words, merge }: Props<R>) {
  const { t } = useTranslation()
  const act = useAct()
  const [a, b] = both
  const [chosen, setChosen] = useState((a.created_at <= b.created_at ? a : b).id)
  const [stays, goes] = a.id === chosen ? [a, b] : [b, a]
  return (
    <div className="stack" style={{ gap: 28, maxInlineSize: 920 }}>
      <p className="soft" style={{ maxInlineSize: '68ch' }}>
        {words.text}
      </p>
      <TwoCards label={words.title} rows={rows} />
      <fieldset className="choices">
        <legend>{words.which}</legend>
        <div className="bar tight">
          {both.map((one, at) => (
            <label key={one.id} className="choice">
              <input
                type="radio"
                name="stays"
                className="visually-hidden"
                checked={chosen === one.id}
                onChange={() => setChosen(one.id)}
              />
              <span>{words.choice(one, at === 0 ? 0 : 1)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="bar">
        <Button loading={act.isBusy} onClick={() => void act.run(() => merge(goes, stays), words.done(goes, stays))}>
          {words.doing(goes, stays)}
        </Button>
        <span role="alert" style={{ color: 'var(--brick)' }}>
          {act.isStale ? t('error.stale') : act.failure}
        </span>
      </div>
    </div>
  )
}
