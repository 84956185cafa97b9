import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../kernel/contract.ts'
import { api, useRead } from '../../../web/api.ts'
import { useCan } from '../../../web/session.ts'
import type { explain } from '../contract.ts'
import { useRoleWords } from './role-words.ts'
import { useScopeNames, useScopeWords } from './scope-words.ts'

interface About {
  subject_type: string
  subject_id: string
  /** What the reader may do with it, as `partners.update`. */
  permission: string
}

type Answer = Output<typeof explain>

function Roles({ through }: { through: NonNullable<Answer['permission']>['through'] }) {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const scopeWords = useScopeWords()
  return through.map((held) => (
    <span key={held.role} style={{ display: 'block' }}>
      {t('explain.through', { role: roleWords(held.role), scope: scopeWords(held.scope) })}
      {held.changed && <span className="soft"> {t('explain.changed')}</span>}
    </span>
  ))
}

/** Which part of one's reach a record lies in; told where a reach has limits at all. */
function LetIn({ scope, let_in_by }: { scope: Answer['scope']; let_in_by: Answer['scope'] | null }) {
  const { t } = useTranslation('access')
  const scopeWords = useScopeWords()
  const scopeNames = useScopeNames()
  if (Object.keys(scope).length === 0) return null
  if (!let_in_by) return <span style={{ display: 'block' }}>{t('explain.reach', { scope: scopeWords(scope) })}</span>
  const what = scopeNames(let_in_by)
  return <span style={{ display: 'block' }}>{what ? t('explain.let_in_by', { what }) : t('explain.unlimited')}</span>
}

function Explained({ subject_type, subject_id, permission }: About) {
  const { t } = useTranslation('access')
  const { data, error } = useRead(api.access.explain, { subject_type, subject_id, permission })
  if (error) return <p className="soft small">{t('explain.failed')}</p>
  if (!data?.subject) return <p className="soft small">…</p>
  const { because, through, let_in_by } = data.subject
  return (
    <dl style={{ display: 'grid', gap: 8, paddingBlock: 8 }}>
      <div>
        <dt className="soft small">{t('explain.see')}</dt>
        <dd>
          {t(`explain.because.${because}`, { firm: data.party?.name })}
          <Roles through={through} />
          {because !== 'nothing' && <LetIn scope={data.scope} let_in_by={let_in_by} />}
        </dd>
      </div>
      {data.permission && (
        <div>
          <dt className="soft small">
            {t('explain.do', { what: t(`permission.${permission.replace('.', '_')}`, { defaultValue: permission }) })}
          </dt>
          <dd>{data.permission.through.length === 0 ? t('explain.no_role') : <Roles through={data.permission.through} />}</dd>
        </div>
      )}
    </dl>
  )
}

/** “Why can I see this?”, answered from roles, reach and firm. */
export function AccessWhy(about: About) {
  const { t } = useTranslation('access')
  const can = useCan()
  const [isOpen, setOpen] = useState(false)
  if (!can('access.read')) return null
  return (
    <section aria-label={t('explain.title')}>
      <UnstyledButton className="soft small" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        <span className="bar tight">
          <IconEye size={16} stroke={1.6} aria-hidden="true" />
          {t('explain.title')}
          <IconChevronDown size={14} aria-hidden="true" style={{ transform: isOpen ? 'rotate(180deg)' : 'none' }} />
        </span>
      </UnstyledButton>
      {isOpen && <Explained {...about} />}
    </section>
  )
}
