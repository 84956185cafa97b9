import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Member } from '../shapes.ts'

interface Props {
  /** Whose access ends: people of one side and firm. */
  leaving: Pick<Member, 'id' | 'side' | 'party_id'>[]
  /** Said where there is more than one question. */
  firm?: string
  heir: string | null
  onHeir: (heir: string | null) => void
}

/** Who takes over the running clocks of those who leave: somebody of the same side and firm who stays, where there is one. */
export function HeirSelect({ leaving, firm, heir, onHeir }: Props) {
  const { t } = useTranslation('access')
  const [{ side, party_id } = { side: 'inner' as const, party_id: null }] = leaving
  const peers = useRead(api.access.list, { state: 'active', side, limit: 200, ...(party_id ? { party_id } : {}) })
  const gone = new Set(leaving.map(({ id }) => id))
  const choices = (peers.data?.items ?? []).filter(({ id }) => !gone.has(id)).map(({ id, name }) => ({ value: id, label: name }))
  if (peers.data && choices.length === 0) return null
  return (
    <Select
      label={firm ? t('end.pass_to_of', { firm }) : t('end.pass_to')}
      description={t('end.pass_text')}
      data={choices}
      value={heir}
      onChange={onHeir}
      clearable
      searchable
    />
  )
}
