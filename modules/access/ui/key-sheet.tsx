import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useNow } from '../../../web/kit/now.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { AskSheet, Sheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useEcosystem } from '../../../web/session.ts'
import { byRoom, usePermissionWords } from './permission-words.ts'

const DAYS = ['30', '90', '365', ''] as const
const DAY = 86_400_000

function Shown({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation('access')
  const copy = () => navigator.clipboard.writeText(value).then(() => toast(t('keys.copied')))
  return (
    <Sheet title={t('keys.shown')} onClose={onClose}>
      <div className="stack">
        <Note tone="waiting">{t('keys.shown_text')}</Note>
        <code style={{ overflowWrap: 'anywhere', padding: 12, background: 'var(--lagoon-grey)', borderRadius: 'var(--corner)' }}>
          {value}
        </code>
        <div className="bar tight">
          <Button leftSection={<IconCopy size={18} />} onClick={() => void copy()}>
            {t('keys.copy')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('keys.kept')}
          </Button>
        </div>
      </div>
    </Sheet>
  )
}

function Scopes({ value, onChange }: { value: Set<string>; onChange: (value: Set<string>) => void }) {
  const { t } = useTranslation('access')
  const words = usePermissionWords()
  const mine = useEcosystem()?.permissions ?? []
  const toggle = (some: string[], isOn: boolean) => {
    const next = new Set(value)
    for (const one of some) {
      if (isOn) next.add(one)
      else next.delete(one)
    }
    onChange(next)
  }
  return (
    <fieldset className="choices">
      <legend>{t('keys.may')}</legend>
      <div className="stack" style={{ gap: 6, maxBlockSize: 300, overflowY: 'auto', paddingBlock: 4 }}>
        {byRoom(mine).map(([room, permissions]) => {
          const count = permissions.filter((one) => value.has(one)).length
          return (
            <details key={room}>
              <summary style={{ cursor: 'pointer', paddingBlock: 4 }}>
                <span className="strong">{t(`room.${room}`, { defaultValue: room })}</span>{' '}
                <span className="soft small figure">
                  {count}/{permissions.length}
                </span>
              </summary>
              <div className="stack" style={{ gap: 6, padding: '4px 0 8px 18px' }}>
                <Checkbox
                  size="xs"
                  label={t('keys.all')}
                  checked={count === permissions.length}
                  indeterminate={count > 0 && count < permissions.length}
                  onChange={(event) => toggle(permissions, event.currentTarget.checked)}
                />
                {permissions.map((one) => (
                  <Checkbox
                    key={one}
                    size="xs"
                    label={words(one)}
                    checked={value.has(one)}
                    onChange={(event) => toggle([one], event.currentTarget.checked)}
                  />
                ))}
              </div>
            </details>
          )
        })}
      </div>
    </fieldset>
  )
}

/** Makes a key: what it is for, what it may do, until when. It is shown once. */
export function KeySheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('access')
  const now = useNow()
  const act = useAct()
  const write = useWrite(api.access.create_key)
  const [name, setName] = useState('')
  const [days, setDays] = useState<string>('90')
  const [scopes, setScopes] = useState(new Set<string>())
  const [made, setMade] = useState<string | null>(null)
  const submit = async () => {
    if (!name.trim()) return act.fail(t('keys.name_needed'), 'name')
    if (scopes.size === 0) return act.fail(t('keys.scope_needed'))
    const expires_at = days ? new Date(now + Number(days) * DAY).toISOString() : null
    await act.run(async () =>
      setMade((await write.mutateAsync({ name: name.trim(), scopes: [...scopes].sort(), expires_at })).key),
    )
  }
  if (made) return <Shown value={made} onClose={onClose} />
  return (
    <AskSheet
      title={t('keys.new')}
      doing={t('keys.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <TextInput
        label={t('keys.name')}
        description={t('keys.name_text')}
        data-autofocus
        value={name}
        error={act.issues.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('keys.lasts')}
        data={DAYS.map((value) => ({ value, label: value ? t('keys.days', { count: Number(value) }) : t('keys.forever') }))}
        value={days}
        allowDeselect={false}
        onChange={(value) => setDays(value ?? '')}
      />
      <Scopes value={scopes} onChange={setScopes} />
    </AskSheet>
  )
}
