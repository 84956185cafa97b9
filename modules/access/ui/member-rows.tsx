import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { Go } from '../../../web/kit/go.tsx'
import { initialsOf } from '../../../web/kit/initials.ts'
import { locale } from '../../../web/kit/locale.ts'
import { Waiting } from '../../../web/kit/states.tsx'
import { useEcosystem } from '../../../web/session.ts'
import { useRoleWords } from './role-words.ts'

/** The people of the reader's own firm, each leading to their roles. */
export function MemberRows() {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const party_id = useEcosystem()?.party?.id
  const { data } = useRead(api.access.list, { limit: 200, sort: 'name', ...(party_id ? { party_id } : {}) })
  const list = new Intl.ListFormat(locale(), { type: 'unit', style: 'short' })
  if (!data) return <Waiting rows={3} />
  return (
    <ul className="stack" style={{ gap: 12 }}>
      {data.items
        .filter((one) => one.state !== 'ended')
        .map((one) => (
          <li key={one.id} className="bar" style={{ flexWrap: 'nowrap' }}>
            <span className="person" aria-hidden="true" style={{ flex: 'none' }}>
              {initialsOf(one.name)}
            </span>
            <span style={{ minInlineSize: 0 }}>
              <Go to={`people/${one.id}`}>{one.name}</Go>
              {one.state === 'invited' && <span className="soft small"> · {t('state.invited')}</span>}
              <span className="soft small" style={{ display: 'block' }}>
                {list.format(one.roles.map(({ role }) => roleWords(role)))}
              </span>
            </span>
          </li>
        ))}
    </ul>
  )
}
