import { ActionIcon, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decimalMark } from '../../../web/kit/locale.ts'
import { toast } from '../../../web/kit/toast.tsx'
import { useRoles, useRoleWords } from '../../access/ui/role-words.ts'
import type { PRICE_LIMITS } from '../../deals/rules.ts'

type Limits = typeof PRICE_LIMITS
interface Props {
  limits: Limits
  onChange: (limits: Limits) => void
  error: string | undefined
}

/** Up to which discount each role of the host grants a special price; a role without a row grants none. */
export function PriceLimits({ limits, onChange, error }: Props) {
  const { t } = useTranslation('decisions')
  const roleWords = useRoleWords()
  const [added, setAdded] = useState<string | null>(null)
  const free = useRoles().filter(({ code, side }) => side === 'inner' && !limits.some(({ role }) => role === code))
  const put = (role: string, max_bps: number) => onChange(limits.map((one) => (one.role === role ? { ...one, max_bps } : one)))
  const remove = (limit: Limits[number]) => {
    onChange(limits.filter((one) => one !== limit))
    toast(t('limit.removed', { role: roleWords(limit.role) }), () => onChange(limits))
  }
  const add = (role: string) => {
    setAdded(role)
    onChange([...limits, { role, max_bps: 0 }])
  }
  return (
    <fieldset className="choices">
      <legend>{t('terms.price_limits')}</legend>
      {limits.length === 0 && <p className="soft">{t('limit.none')}</p>}
      <div className="terms">
        {limits.map((one) => (
          <div key={one.role} className="pair" style={{ gridTemplateColumns: 'minmax(0, 1fr) 36px', alignItems: 'end', gap: 4 }}>
            <NumberInput
              label={roleWords(one.role)}
              // Picked a moment ago: its number is what is written next.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={one.role === added}
              suffix=" %"
              min={0}
              max={90}
              decimalScale={2}
              decimalSeparator={decimalMark()}
              value={one.max_bps / 100}
              error={error}
              onChange={(value) => put(one.role, Math.round(Number(value) * 100))}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={t('limit.remove', { role: roleWords(one.role) })}
              onClick={() => remove(one)}
            >
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </div>
        ))}
        {free.length > 0 && (
          <Select
            label={t('limit.add')}
            placeholder={t('limit.role')}
            data={free.map(({ code }) => ({ value: code, label: roleWords(code) }))}
            value={null}
            onChange={(role) => role && add(role)}
          />
        )}
      </div>
    </fieldset>
  )
}
