import { IconBuilding, IconCornerDownRight, IconTruckDelivery } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import type { Icon } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import type { Partner } from '../shapes.ts'

const SHOWN = 12

function Line({ icon: Drawn, depth, beside, children }: { icon: Icon; depth: number; beside?: string; children: ReactNode }) {
  return (
    <li className="bar tight" style={{ flexWrap: 'nowrap', paddingBlock: 5, paddingInlineStart: depth * 22 }}>
      <span className={`soft${Drawn === IconCornerDownRight ? ' flip' : ''}`} style={{ display: 'flex' }} aria-hidden="true">
        <Drawn size={17} stroke={1.6} />
      </span>
      <span className="ellipsis">{children}</span>
      {beside && <span className="soft small push">{beside}</span>}
    </li>
  )
}

function Firms({ rows, depth }: { rows: { id: string; name: string; country: string }[]; depth: number }) {
  return rows.map((one) => (
    <Line key={one.id} icon={IconCornerDownRight} depth={depth} beside={countryName(one.country)}>
      <Go to={`partners/${one.id}`}>{one.name}</Go>
    </Line>
  ))
}

/** The group the partner belongs to, and whom it buys through or supplies. */
export function PartnerFamily({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const children = useRead(api.partners.list, { parent_id: partner.id, limit: SHOWN }).data?.items ?? []
  const isDistributor = partner.tracks.some(({ track }) => track === 'distributor')
  const supplied = useRead(api.partners.list, { distributor_id: partner.id, limit: SHOWN }, { enabled: isDistributor }).data
  const own = partner.parent_id ? 1 : 0
  const hasGroup = partner.parent_id || children.length > 0
  const hasChain = partner.distributor_id || (supplied?.items.length ?? 0) > 0
  if (!hasGroup && !hasChain) return null
  return (
    <>
      {hasGroup && (
        <Section title={t('family.group')}>
          <ul>
            {partner.parent_id && (
              <Line icon={IconBuilding} depth={0}>
                <Go to={`partners/${partner.parent_id}`}>{partner.parent_name}</Go>
              </Line>
            )}
            <Line icon={own ? IconCornerDownRight : IconBuilding} depth={own}>
              <span className="strong">{partner.name}</span>
            </Line>
            <Firms rows={children} depth={own + 1} />
          </ul>
        </Section>
      )}
      {hasChain && (
        <Section title={t('family.chain')}>
          <ul>
            {partner.distributor_id && (
              <Line icon={IconTruckDelivery} depth={0}>
                {t('family.through')} <Go to={`partners/${partner.distributor_id}`}>{partner.distributor_name}</Go>
              </Line>
            )}
            {(supplied?.items.length ?? 0) > 0 && (
              <>
                <Line icon={IconTruckDelivery} depth={0}>
                  <span className="strong">{partner.name}</span> <span className="soft">{t('family.supplies')}</span>
                </Line>
                <Firms rows={supplied?.items ?? []} depth={1} />
              </>
            )}
          </ul>
        </Section>
      )}
    </>
  )
}
