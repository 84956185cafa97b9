import { Button, Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ClientError } from '../../kernel/client.ts'
import { useGo } from './go.tsx'

/** An empty place teaches: what will be here, and the first step. */
export function EmptyState({
  title,
  children,
  action,
  isPage,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
  /** It is all there is on the page, so its title is the page's. */
  isPage?: boolean
}) {
  return (
    <div className="state">
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children && <p className="soft">{children}</p>}
      {action && <div className="bar">{action}</div>}
    </div>
  )
}

// These are said whole by their code; what the server adds to the others names a cause and a remedy.
const SAID_WHOLE = new Set(['not_found', 'unauthenticated', 'limit', 'unavailable'])

/** What a refusal or a failure says to a person. The server's own sentence is English: others read theirs before it. */
export function useErrorText(): (error: unknown) => string {
  const { t, i18n } = useTranslation()
  return (error) => {
    if (!(error instanceof ClientError)) return t('error.unexpected')
    const { status, code, problem } = error
    if (status === 0) return t('error.offline')
    if (code === 'stale') return t('error.stale')
    const detail = typeof problem.detail === 'string' ? problem.detail : ''
    if (i18n.language !== 'en') {
      const said = t(`error.code.${code}`, { defaultValue: t('error.unexpected') })
      const isTold = detail === '' || SAID_WHOLE.has(code) || status >= 500
      return isTold ? said : t('error.told', { said, detail })
    }
    return detail || t('error.unexpected')
  }
}

export function ErrorState({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const text = useErrorText()
  const missing = error instanceof ClientError && error.status === 404
  const id = error instanceof ClientError ? error.problem.request_id : undefined
  return (
    <div className="state" role="alert">
      {missing ? <h1>{t('error.missing_title')}</h1> : <h2>{t('error.title')}</h2>}
      <p className="soft">{text(error)}</p>
      {typeof id === 'string' && <p className="soft small">{t('error.reference', { id })}</p>}
      {missing && (
        <div className="bar">
          <Button variant="default" onClick={() => go('/')}>
            {t('not_found.home')}
          </Button>
        </div>
      )}
      {again && !missing && (
        <div className="bar">
          <Button variant="default" onClick={again}>
            {t('error.again')}
          </Button>
        </div>
      )}
    </div>
  )
}

export function Waiting({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} style={{ padding: 'var(--row) 0', borderBlockEnd: '1px solid var(--hairline)' }}>
          <Skeleton height={14} width={`${38 + ((i * 37) % 45)}%`} my={4} />
        </div>
      ))}
    </div>
  )
}
