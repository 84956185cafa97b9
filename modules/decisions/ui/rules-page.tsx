import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../../../kernel/client.ts'
import { api, useRead } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { useHostLook } from '../../../web/kit/host-look.ts'
import { dayText } from '../../../web/kit/locale.ts'
import { EmptyState, ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useCan } from '../../../web/session.ts'
import { USUAL_TITLES } from '../usual-titles.ts'
import { useClauseWords } from './usual-words.ts'

/** Where none are published yet: what will stand here, and for whoever may write them the way to it. */
function None() {
  const { t } = useTranslation('decisions')
  const { go } = useGo()
  const can = useCan()
  const mayWrite = can('decisions.draft')
  const write = mayWrite && <Button onClick={() => go('rule-documents?new=engagement')}>{t('rules.none_do')}</Button>
  return (
    <EmptyState title={t('rules.none')} action={write} isPage>
      {t(mayWrite ? 'rules.none_inner' : 'rules.none_text')}
    </EmptyState>
  )
}

/** The rules of engagement in force, for everybody; decisions cite them by clause. */
export function RulesPage() {
  const { t } = useTranslation('decisions')
  const { slug } = useGo()
  const wordsOf = useClauseWords()
  const { data: rules, error, refetch } = useRead(api.decisions.engagement_rules, { slug: slug ?? '' })
  useHostLook(slug, rules?.ecosystem, rules?.branding)
  if (error instanceof ClientError && error.status === 404) return <None />
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!rules) return <Waiting />
  return (
    <article>
      <Heading title={rules.title === USUAL_TITLES.engagement ? t('rules.title') : rules.title} />
      <p className="soft" style={{ marginBlockEnd: 24 }}>
        {t('rules.in_force', { ecosystem: rules.ecosystem, number: rules.number, from: dayText(rules.published_from) })}
      </p>
      <ol className="clauses">
        {rules.clauses.map(wordsOf).map((clause) => (
          <li key={clause.number} id={`clause-${clause.number}`} value={clause.number}>
            <span className="honour" aria-hidden="true">
              {clause.number}
            </span>
            <div>
              <h2>
                <bdi>{clause.title}</bdi>
              </h2>
              <p>
                <bdi>{clause.text}</bdi>
              </p>
            </div>
          </li>
        ))}
      </ol>
    </article>
  )
}
