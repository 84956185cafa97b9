import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { countryName } from '../../../web/kit/locale.ts'
import { SearchSelect, type SearchSelectProps } from '../../../web/kit/search-select.tsx'

/** Picks an account by a part of its name. */
export function AccountSelect(props: Omit<SearchSelectProps, 'options' | 'onWords' | 'nothing'>) {
  const { t } = useTranslation('accounts')
  const [words, setWords] = useState('')
  const { data } = useRead(api.accounts.list, { limit: 20, ...(words ? { q: words } : {}) })
  const options = (data?.items ?? []).map(({ id, name, country }) => ({
    value: id,
    label: country ? `${name}, ${countryName(country)}` : name,
  }))
  return <SearchSelect {...props} options={options} onWords={setWords} nothing={t('form.no_account')} />
}
