import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { HostSign } from './host-sign.tsx'
import { DropDown, DropRow } from './kit/drop-down.tsx'
import { useGo } from './kit/go.tsx'
import { useEcosystem, useMe } from './session.ts'

function Sign() {
  const here = useEcosystem()
  return <HostSign name={here?.name} logo={here?.branding?.logo_url} />
}

/** The host's name; for someone in several ecosystems, the way from one to another. */
export function House() {
  const { t } = useTranslation()
  const { go } = useGo()
  const { data: me } = useMe()
  const here = useEcosystem()
  const all = me?.ecosystems ?? []
  if (all.length < 2)
    return (
      <div className="house">
        <Sign />
      </div>
    )
  const sign = (
    <>
      <Sign />
      <span className="visually-hidden">{t('switch_ecosystem')}</span>
      <IconSelector size={16} className="push" />
    </>
  )
  return (
    <DropDown className="house" button={sign}>
      {(close) =>
        all.map((one) => (
          <DropRow
            key={one.slug}
            below={one.side === 'inner' ? t('side.inner') : t('side.outer', { party: one.party?.name })}
            behind={one.slug === here?.slug && <IconCheck size={16} />}
            onDo={() => {
              close()
              go(`/e/${one.slug}`)
            }}
          >
            {one.name}
          </DropRow>
        ))
      }
    </DropDown>
  )
}
