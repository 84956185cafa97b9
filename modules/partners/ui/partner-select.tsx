import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { SearchSelect, type SearchSelectProps } from '../../../web/kit/search-select.tsx'

type Props = Omit<SearchSelectProps, 'options' | 'onWords' | 'nothing'> & { onlyDistributors?: boolean }

/** Picks a partner by a part of its name. */
export function PartnerSelect({ onlyDistributors, ...rest }: Props) {
  const { t } = useTranslation('partners')
  const [words, setWords] = useState('')
  const { data } = useRead(api.partners.list, {
    limit: 20,
    ...(words ? { q: words } : {}),
    ...(onlyDistributors ? { track: ['distributor'] } : {}),
  })
  const options = (data?.items ?? []).map(({ id, name, country, number }) => ({
    value: id,
    label: t('option', { name, country, number }),
  }))
  return <SearchSelect {...rest} options={options} onWords={setWords} nothing={t('form.no_partner')} />
}
