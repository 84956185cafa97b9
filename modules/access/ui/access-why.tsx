import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { useCan } from '../../../web/session.ts'
import { useRoleWords } from './role-words.ts'
import { useScopeWords } from './scope-words.ts'

interface About {
  subject_type: string
  subject_id: string
  /** What the reader may do with it, as `partners.update`. */
  permission: string
}

function Explained({ subject_type, subject_id, permission }: About) {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const scopeWords = useScopeWords()
  const { data, error } = useRead(api.access.explain, { subject_type, subject_id, permission })
  if (error) return <p className="soft small">{t('explain.failed')}</p>
  if (!data) return <p className="soft small">…</p>
  const seen = data.subject?.because ?? 'nothing'
  return (
    <dl style={{ display: 'grid', gap: 8, paddingBlock: 8 }}>
      <div>
        <dt className="soft small">{t('explain.see')}</dt>
        <dd>
          {t(`explain.because.${seen}`, { firm: data.party?.name })}
          {data.side === 'inner' && ` ${t('explain.reach', { scope: scopeWords(data.scope) })}`}
        </dd>
      </div>
      {data.permission && (
        <div>
          <dt className="soft small">
            {t('explain.do', { what: t(`permission.${permission.replace('.', '_')}`, { defaultValue: permission }) })}
          </dt>
          <dd>
            {data.permission.through.length === 0
              ? t('explain.no_role')
              : data.permission.through.map((held) => (
                  <span key={held.role} style={{ display: 'block' }}>
                    {t('explain.through', { role: roleWords(held.role), scope: scopeWords(held.scope) })}
                    {held.changed && <span className="soft"> {t('explain.changed')}</span>}
                  </span>
                ))}
          </dd>
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
