import { Button } from '@mantine/core'
import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Chip, When } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { moneyText, numberText } from '../../../web/kit/locale.ts'
import { Note, Section } from '../../../web/kit/record-page.tsx'
import type { Replayed, RuleDocument } from '../contract.ts'
import { compareOutcomes } from '../rules.ts'
import { OutcomeChip } from './rule-outcome.tsx'
import './rules.css'

const SHOWN = 8

/** The last replay of a document; while it runs it is read again and again. */
export function useReplay(document: RuleDocument, isWanted: boolean): Replayed | null {
  const [isRunning, setRunning] = useState(false)
  const { data, error } = useRead(api.decisions.replay, { id: document.id }, { enabled: isWanted, every: isRunning ? 1000 : 0 })
  const runs = data?.state === 'running'
  if (runs !== isRunning) setRunning(runs)
  // What was never replayed has none.
  return error ? null : (data ?? null)
}

/** Better or worse for the partner: a word and an arrow, never colour alone. */
function Change({ before, after }: { before: string; after: string }) {
  const { t } = useTranslation('decisions')
  const way = compareOutcomes(before, after)
  if (way === 0) return <Chip>{t('replay.other')}</Chip>
  return (
    <Chip icon={way > 0 ? IconArrowUpRight : IconArrowDownRight} tone={way > 0 ? 'good' : 'urgent'}>
      {t(way > 0 ? 'replay.better' : 'replay.worse')}
    </Chip>
  )
}

function Case({ one, rowName }: { one: Replayed['changed'][number]; rowName: (row: string) => string }) {
  const { t } = useTranslation('decisions')
  const { data: deal } = useRead(api.deals.get, { id: one.subject_id })
  return (
    <li className="replay-case">
      <span className="rule-words">
        <span>
          <Go to={`deals/${one.subject_id}`}>{deal?.account_name ?? t('replay.open')}</Go>
          {deal && <span className="soft"> · {deal.partner_name}</span>}
        </span>
        <span className="soft small">
          {[deal && moneyText(deal.amount_minor, deal.currency), rowName(one.row)].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="bar tight">
        <OutcomeChip decision={one.before} />→<OutcomeChip decision={one.after} />
      </span>
      <Change before={one.before} after={one.after} />
    </li>
  )
}

function Figures({ replay }: { replay: Replayed }) {
  const { t } = useTranslation('decisions')
  const figures = [
    { value: replay.decisions, label: t('replay.cases') },
    { value: replay.same, label: t('replay.stay') },
    { value: replay.better, label: t('replay.for_better') },
    { value: replay.worse, label: t('replay.for_worse') },
  ]
  return (
    <div className="replay-figures">
      {figures.map((one) => (
        <span key={one.label}>
          <span className="honour figure">{numberText(one.value)}</span>
          <span className="soft small">{one.label}</span>
        </span>
      ))}
    </div>
  )
}

function Moves({ replay }: { replay: Replayed }) {
  const { t } = useTranslation('decisions')
  return (
    <ul className="replay-list" aria-label={t('replay.moves')}>
      {replay.moves.map((move) => (
        <li key={`${move.before} ${move.after}`}>
          <span className="bar tight">
            <OutcomeChip decision={move.before} />→<OutcomeChip decision={move.after} />
          </span>
          <Change before={move.before} after={move.after} />
          <span className="figure strong">{numberText(move.count)}</span>
        </li>
      ))}
    </ul>
  )
}

function Parties({ replay }: { replay: Replayed }) {
  const { t } = useTranslation('decisions')
  const [isAll, setAll] = useState(false)
  if (replay.parties.length === 0) return null
  const shown = isAll ? replay.parties : replay.parties.slice(0, SHOWN)
  return (
    <>
      <h3>{t('replay.who')}</h3>
      <ul className="replay-list">
        {shown.map((one) => (
          <li key={one.partner_id}>
            <Go to={`partners/${one.partner_id}`}>{one.name}</Go>
            <span>
              {one.better > 0 && (
                <Chip icon={IconArrowUpRight} tone="good">
                  {t('replay.times_better', { count: one.better })}
                </Chip>
              )}
            </span>
            <span>
              {one.worse > 0 && (
                <Chip icon={IconArrowDownRight} tone="urgent">
                  {t('replay.times_worse', { count: one.worse })}
                </Chip>
              )}
            </span>
          </li>
        ))}
      </ul>
      {!isAll && replay.parties.length > SHOWN && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          {t('replay.all_parties', { count: replay.parties.length })}
        </Button>
      )}
    </>
  )
}

function Cases({ replay, rowName }: { replay: Replayed; rowName: (row: string) => string }) {
  const { t } = useTranslation('decisions')
  const [count, setCount] = useState(SHOWN)
  if (replay.changed.length === 0) return null
  return (
    <>
      <h3>{t('replay.which')}</h3>
      <ul className="replay-list">
        {replay.changed.slice(0, count).map((one) => (
          <Case key={one.decision_id} one={one} rowName={rowName} />
        ))}
      </ul>
      {replay.changed.length > count && (
        <Button size="compact-sm" variant="subtle" onClick={() => setCount(count + 3 * SHOWN)}>
          {t('replay.more')}
        </Button>
      )}
    </>
  )
}

/** Who wins and who loses: every recorded case judged again under the document. */
export function ReplayPart({ replay, rowName }: { replay: Replayed; rowName: (row: string) => string }) {
  const { t } = useTranslation('decisions')
  const changed = replay.decisions - replay.same
  const total = numberText(replay.decisions)
  if (replay.state === 'running')
    return (
      <Section title={t('replay.title')}>
        <p role="status">{t('replay.running', { done: numberText(replay.decisions), total: numberText(replay.total) })}</p>
        <progress
          aria-label={t('replay.title')}
          value={replay.decisions}
          max={Math.max(1, replay.total)}
          className="bulk-progress"
        />
        <p className="soft small">{t('replay.leave')}</p>
      </Section>
    )
  const said =
    replay.decisions === 0
      ? t('replay.nothing')
      : changed === 0
        ? t('replay.same', { total })
        : t('replay.changed', { count: changed, changed: numberText(changed), total })
  return (
    <Section
      title={t('replay.title')}
      beside={
        <span className="soft small">
          <When at={replay.started_at} as="moment" />
        </span>
      }
    >
      {replay.state === 'stale' && <Note tone="waiting">{t('replay.stale')}</Note>}
      <p className="strong" style={{ marginBlockEnd: 12 }}>
        {said}
      </p>
      {changed > 0 && (
        <div className="replay">
          <Figures replay={replay} />
          <Moves replay={replay} />
          <Parties replay={replay} />
          <Cases replay={replay} rowName={rowName} />
        </div>
      )}
    </Section>
  )
}
