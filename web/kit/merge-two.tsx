import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGo } from './go.tsx'
import { Heading } from './heading.tsx'
import { ErrorState, Waiting } from './states.tsx'
import { type Joined, TwoCards } from './two-cards.tsx'
import { useAct } from './use-act.ts'

interface Known {
  id: string
  name: string
  created_at: string
}

interface Props<R extends Known> {
  /** Where the records are listed; the words of a merge are its own. */
  room: 'accounts' | 'partners'
  rows: (ours: R, theirs: R) => Joined[]
  /** A record as the choice names it. */
  choice: (one: R, at: 0 | 1) => string
  doing: (goes: R, stays: R) => string
  merge: (goes: R, stays: R) => Promise<unknown>
}

function Both<R extends Known>({ both, room, rows, choice, doing, merge }: Props<R> & { both: [R, R] }) {
  const { t } = useTranslation(room)
  const { go } = useGo()
  const act = useAct()
  const [a, b] = both
  const [chosen, setChosen] = useState((a.created_at <= b.created_at ? a : b).id)
  const [stays, goes] = a.id === chosen ? [a, b] : [b, a]
  const join = () =>
    act.run(
      async () => {
        await merge(goes, stays)
        go(`${room}/${stays.id}`, true)
      },
      t('merge.done', { goes: goes.name, stays: stays.name }),
    )
  return (
    <div className="stack" style={{ gap: 28, maxInlineSize: 920 }}>
      <p className="soft" style={{ maxInlineSize: '68ch' }}>
        {t('merge.text')}
      </p>
      <TwoCards label={t('merge.title')} rows={rows(a, b).filter((row) => row.ours !== '–' || row.theirs !== '–')} />
      <fieldset className="choices">
        <legend>{t('merge.which')}</legend>
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
              <span>{choice(one, at === 0 ? 0 : 1)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <div className="bar">
        <Button loading={act.isBusy} onClick={() => void join()}>
          {doing(goes, stays)}
        </Button>
        <span role="alert" style={{ color: 'var(--brick)' }}>
          {act.isStale ? t('error.stale', { ns: 'web' }) : act.failure}
        </span>
      </div>
    </div>
  )
}

interface Read<R> {
  data?: R | undefined
  error: Error | null
}

/** Two records of one thing side by side; one takes in the other, the older unless chosen otherwise. */
export function MergeTwo<R extends Known>({ read, ...props }: Props<R> & { read: [Read<R>, Read<R>] }) {
  const { t } = useTranslation(props.room)
  const [ours, theirs] = read
  const error = ours.error ?? theirs.error
  if (error) return <ErrorState error={error} />
  return (
    <>
      <Heading title={t('merge.title')} crumb={{ label: t('list.title'), to: props.room }} />
      {ours.data && theirs.data ? <Both both={[ours.data, theirs.data]} {...props} /> : <Waiting />}
    </>
  )
}
