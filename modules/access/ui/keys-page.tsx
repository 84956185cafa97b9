import { Button } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { Chip, When } from '../../../web/kit/figures.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { useNow } from '../../../web/kit/now.ts'
import { EmptyState, ErrorState, useErrorText, Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useEcosystem } from '../../../web/session.ts'
import type { ApiKey as Contract } from '../shapes.ts'
import { KeySheet } from './key-sheet.tsx'

type ApiKey = ReturnType<(typeof Contract)['parse']>

function KeyRow({ one }: { one: ApiKey }) {
  const { t } = useTranslation('access')
  const errorText = useErrorText()
  const now = useNow()
  const revoke = useWrite(api.access.revoke_key)
  const isOver = Boolean(one.revoked_at) || (one.expires_at !== null && new Date(one.expires_at).getTime() < now)
  const end = () =>
    revoke.mutateAsync({ id: one.id }).then(
      () => toast(t('keys.ended', { name: one.name })),
      (error: unknown) => toast(errorText(error)),
    )
  return (
    <li style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
      <div style={{ minInlineSize: 0 }}>
        <div className="bar tight">
          <span className="what">{one.name}</span>
          <code className="soft small">{one.hint}</code>
          <Chip icon={isOver ? IconCircleX : IconCircleCheck} tone={isOver ? 'plain' : 'good'}>
            {t(one.revoked_at ? 'keys.revoked' : isOver ? 'keys.expired' : 'keys.works')}
          </Chip>
        </div>
        <div className="soft small">
          {t('keys.scopes', { count: one.scopes.length })} · {t('keys.made')} <When at={one.created_at} />
          {one.expires_at && (
            <>
              {' · '}
              {t('keys.until')} <When at={one.expires_at} />
            </>
          )}
          {' · '}
          {one.last_used_at ? (
            <>
              {t('keys.used')} <When at={one.last_used_at} as="ago" />
            </>
          ) : (
            t('keys.unused')
          )}
        </div>
      </div>
      {!isOver && (
        <Button size="xs" variant="default" c="brick" loading={revoke.isPending} onClick={() => void end()}>
          {t('keys.end')}
        </Button>
      )}
    </li>
  )
}

/** The member's keys for programs; each may do a part of what its owner may. */
export function KeysPage() {
  const { t } = useTranslation(['access', 'identity'])
  const isPartner = useEcosystem()?.side === 'outer'
  const [isOpen, setOpen] = useState(false)
  const { data, error, refetch } = useRead(api.access.list_keys, {})
  const make = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen(true)}>
      {t('keys.new')}
    </Button>
  )
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  const rows = data?.items ?? []
  return (
    <>
      <Heading
        title={t('keys.title')}
        {...(isPartner ? { crumb: { label: t('identity:title'), to: 'account' } } : {})}
        actions={rows.length > 0 && make}
      />
      {!data && <Waiting rows={3} />}
      {data && rows.length === 0 && (
        <EmptyState title={t('keys.empty')} action={make}>
          {t('keys.empty_text')} <a href="/api/docs">{t('keys.docs')}</a>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <>
          <p className="soft" style={{ marginBlockEnd: 16 }}>
            {t('keys.text')} <a href="/api/docs">{t('keys.docs')}</a>
          </p>
          <ul className="inbox">
            {rows.map((one) => (
              <KeyRow key={one.id} one={one} />
            ))}
          </ul>
        </>
      )}
      {isOpen && <KeySheet onClose={() => setOpen(false)} />}
    </>
  )
}
