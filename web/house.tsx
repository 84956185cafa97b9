import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useGo } from './kit/go.tsx'
import { Mark } from './kit/mark.tsx'
import { useEcosystem, useMe } from './session.ts'

function Sign() {
  const here = useEcosystem()
  const logo = here?.branding?.logo_url
  return (
    <>
      {logo ? <img src={logo} alt="" /> : <Mark size={28} />}
      <span style={{ minInlineSize: 0 }}>{here?.name}</span>
    </>
  )
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
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className="house">
          <Sign />
          <span className="visually-hidden">{t('switch_ecosystem')}</span>
          <IconSelector size={16} className="push" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ecosystems')}</Menu.Label>
        {all.map((one) => (
          <Menu.Item
            key={one.slug}
            onClick={() => go(`/e/${one.slug}`)}
            rightSection={one.slug === here?.slug ? <IconCheck size={16} /> : null}
          >
            {one.name}
            <span className="soft small" style={{ display: 'block' }}>
              {one.side === 'inner' ? t('side.inner') : t('side.outer', { party: one.party?.name })}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
