import { ActionIcon, Button } from '@mantine/core'
import { IconFingerprint, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../web/ask.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Section } from '../../../web/kit/record-page.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { canUsePasskeys, createPasskey, namedAddress } from '../../../web/passkey.ts'
import { useAuthError } from './auth-error.ts'
import { deviceOf } from './device.ts'

interface Passkey {
  id: string
  name: string | null
  createdAt: string
}

/** Sign in by fingerprint, face or device lock. */
export function Passkeys({ count, onChange }: { count: number; onChange: () => void }) {
  const { t } = useTranslation('identity')
  const errorText = useAuthError()
  const [isBusy, setBusy] = useState(false)
  const elsewhere = namedAddress()
  const read = useQuery({
    queryKey: ['passkeys', count],
    queryFn: () => ask<Passkey[]>('GET', '/auth/passkey/list-user-passkeys'),
    enabled: count > 0,
  })
  const act = async (doing: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await doing()
      toast(done)
      await read.refetch()
      onChange()
    } catch (error) {
      toast(error instanceof DOMException ? t('passkey.cancelled') : errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const remove = (id: string) => act(() => ask('POST', '/auth/passkey/delete-passkey', { id }), t('passkey.removed'))
  return (
    <Section title={t('passkey.title')}>
      <p className="soft" style={{ marginBlockEnd: 8 }}>
        {t('passkey.text')}
      </p>
      {count > 0 && (
        <ul className="tally" style={{ marginBlockEnd: 8 }}>
          {(read.data ?? []).map((one) => (
            <li key={one.id} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto auto', alignItems: 'center' }}>
              <span className="bar tight">
                <IconFingerprint size={18} stroke={1.6} aria-hidden="true" />
                {one.name ?? t('passkey.one')}
              </span>
              <span className="soft small">
                <When at={one.createdAt} />
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('passkey.remove', { name: one.name ?? t('passkey.one') })}
                onClick={() => void remove(one.id)}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
      {canUsePasskeys() ? (
        <Button
          variant="default"
          size="xs"
          loading={isBusy}
          onClick={() => void act(() => createPasskey(deviceOf(navigator.userAgent, t('passkey.one'))), t('passkey.done'))}
        >
          {t('passkey.add')}
        </Button>
      ) : (
        <p className="soft small">
          {elsewhere ? (
            <>
              {t('passkey.elsewhere')} <a href={elsewhere}>{new URL(elsewhere).host}</a>
            </>
          ) : (
            t('passkey.unsupported')
          )}
        </p>
      )}
    </Section>
  )
}
