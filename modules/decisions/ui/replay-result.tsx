import { useTranslation } from 'react-i18next'
import { Go } from '../../../web/kit/go.tsx'
import { numberText } from '../../../web/kit/locale.ts'
import { Note, Section } from '../../../web/kit/record-page.tsx'
import type { Replayed } from '../contract.ts'

export type Replay = ReturnType<(typeof Replayed)['parse']>
const SHOWN = 50

/** Who wins and who loses: every recorded case judged again under the draft. */
export function ReplayResult({ replay }: { replay: Replay }) {
  const { t } = useTranslation(['decisions', 'deals'])
  const changed = replay.decisions - replay.same
  const word = (outcome: string) => t(`outcome.${outcome}`, { defaultValue: outcome })
  return (
    <Section title={t('replay.title')}>
      <Note tone={changed > 0 ? 'waiting' : 'good'}>
        <span className="strong">
          {replay.decisions === 0
            ? t('replay.nothing')
            : changed === 0
              ? t('replay.same', { total: numberText(replay.decisions) })
              : t('replay.changed', { count: changed, changed: numberText(changed), total: numberText(replay.decisions) })}
        </span>
        <ul className="tally">
          {replay.changed.slice(0, SHOWN).map((one) => (
            <li key={one.decision_id} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
              <span>
                {word(one.before)} → <b>{word(one.after)}</b>
              </span>
              <Go to={`deals/${one.subject_id}`}>{t('replay.open')}</Go>
            </li>
          ))}
        </ul>
      </Note>
    </Section>
  )
}
