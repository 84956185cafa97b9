import { Button } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Go, useGo } from '../../../web/kit/go.tsx'
import type { FirstSteps as Steps } from './use-first-steps.ts'

const PLACES: readonly (readonly [Exclude<keyof Steps, 'hidden'>, string])[] = [
  ['regions', 'settings/regions'],
  ['currencies', 'settings/rates'],
  ['products', 'settings/products'],
  ['people', 'people?new=1'],
  ['partners', 'imports/new?kind=partners'],
  ['accounts', 'imports/new?kind=accounts'],
  ['rule', 'rule-documents?new=1'],
]

interface Props {
  steps: Steps
  onDismiss: () => void
}

/** What comes next in a new house: a line leads to its place and is ticked by what is there. */
export function FirstSteps({ steps, onDismiss }: Props) {
  const { t } = useTranslation('home')
  const { go } = useGo()
  const next = PLACES.find(([step]) => !steps[step])?.[0]
  return (
    <section className="first-steps" aria-label={t('steps.title')}>
      <h2>{t('steps.title')}</h2>
      <p className="soft">{t('steps.text')}</p>
      <ul className="inbox">
        {PLACES.map(([step, to]) => (
          <li key={step} data-done={steps[step] || undefined}>
            {steps[step] ? <IconCircleCheckFilled size={22} aria-hidden /> : <IconCircle size={22} stroke={1.4} aria-hidden />}
            <div style={{ minInlineSize: 0 }}>
              <div className="what">
                <Go to={to}>{t(`steps.${step}`)}</Go>
              </div>
              {!steps[step] && <div className="soft">{t(`steps.${step}_text`)}</div>}
            </div>
            <div className="do">
              {steps[step] && <span className="soft small">{t('steps.done')}</span>}
              {step === next && (
                <Button size="xs" onClick={() => go(to)}>
                  {t(`steps.${step}_do`)}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      <Button size="xs" variant="subtle" onClick={onDismiss}>
        {t('steps.dismiss')}
      </Button>
    </section>
  )
}
