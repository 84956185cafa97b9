import { useTranslation } from 'react-i18next'
import { type Branding, DEFAULTS, ON_FILL, SURFACES, scaleOf } from '../../../web/kit/brand.ts'
import { isHex } from '../../../web/kit/colour.ts'

const INKS = { light: ['#16222d', '#4a5862', '#dcdcd3'], dark: ['#eceae4', '#a5b0b6', '#26353f'] } as const
const RAIL = { light: '#e6ecea', dark: '#0b1319' } as const
type Scheme = 'light' | 'dark'

const usable = (colour: string, fallback: string) => (isHex(colour) ? colour : fallback)

function Scene({ brand, name, scheme }: { brand: Branding; name: string; scheme: Scheme }) {
  const { t } = useTranslation('ecosystems')
  const [ground, sheet] = SURFACES[scheme]
  const rail = RAIL[scheme]
  const [ink, soft, line] = INKS[scheme]
  const shade = scheme === 'light' ? 8 : 4
  const fill = scaleOf(usable(brand.primary, DEFAULTS.primary))[shade]
  const accent = scaleOf(usable(brand.accent, DEFAULTS.accent))[shade]
  const corner = brand.corner
  const typeface = brand.typeface ? `'${brand.typeface.replace(/['"\\;]/g, '')}', var(--mantine-font-family)` : undefined
  return (
    <figure style={{ margin: 0 }}>
      <figcaption className="soft small" style={{ marginBlockEnd: 6 }}>
        {t(`brand.scene_${scheme}`)}
      </figcaption>
      <div
        aria-hidden="true"
        style={{
          display: 'grid',
          gridTemplateColumns: '150px minmax(0, 1fr)',
          minBlockSize: 236,
          color: ink,
          background: ground,
          border: `1px solid ${line}`,
          borderRadius: corner,
          overflow: 'hidden',
          fontFamily: typeface,
          fontSize: 14,
        }}
      >
        <div style={{ background: rail, padding: 14, display: 'grid', gap: 10, alignContent: 'start' }}>
          <div
            style={{
              fontFamily: 'var(--serif)',
              fontWeight: 560,
              minBlockSize: 28,
              display: 'flex',
              gap: 8,
              alignItems: 'center',
            }}
          >
            {brand.logo_url ? (
              <img src={brand.logo_url} alt="" style={{ maxBlockSize: 24, maxInlineSize: 50 }} />
            ) : (
              <span style={{ inlineSize: 22, blockSize: 22, borderRadius: 6, background: fill, flex: 'none' }} />
            )}
            {name}
          </div>
          <div style={{ background: sheet, borderRadius: corner, padding: '6px 10px', fontWeight: 600, color: ink }}>
            {t('brand.home')}
          </div>
          <div style={{ padding: '0 10px', color: soft }}>{t('brand.deals')}</div>
        </div>
        <div style={{ padding: 18, display: 'grid', gap: 12, alignContent: 'start' }}>
          <div style={{ fontFamily: 'var(--serif)', fontSize: 22 }}>{t('brand.sample')}</div>
          <div style={{ color: soft }}>{t('brand.sample_text')}</div>
          <div style={{ display: 'flex', gap: 8, flexWrap: 'wrap', alignItems: 'center' }}>
            <span
              style={{ background: fill, color: ON_FILL[scheme], borderRadius: corner, padding: '7px 14px', fontWeight: 560 }}
            >
              {t('brand.button')}
            </span>
            <span style={{ color: fill, textDecoration: 'underline', textUnderlineOffset: 3 }}>{t('brand.link')}</span>
          </div>
          <div style={{ color: accent, fontWeight: 560 }}>{t('brand.clock')}</div>
        </div>
      </div>
    </figure>
  )
}

/** The look in both schemes as it would be, with the shades that are really used. */
export function BrandingPreview({ brand, name }: { brand: Branding; name: string }) {
  return (
    <div className="stack" style={{ gap: 20 }}>
      <Scene brand={brand} name={name} scheme="light" />
      <Scene brand={brand} name={name} scheme="dark" />
    </div>
  )
}
