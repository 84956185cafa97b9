import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

const LARGEST = 200_000

interface LogoProps {
  value: string | null
  isLocked: boolean
  onChange: (value: string | null) => void
}

/** The logo as a small picture kept with the settings. */
export function LogoField({ value, isLocked, onChange }: LogoProps) {
  const { t } = useTranslation('ecosystems')
  const file = useRef<HTMLInputElement>(null)
  const [failure, setFailure] = useState('')
  const take = (chosen: File | undefined) => {
    setFailure('')
    if (!chosen) return
    if (!['image/png', 'image/webp', 'image/jpeg'].includes(chosen.type)) return setFailure(t('brand.logo_kind'))
    if (chosen.size > LARGEST) return setFailure(t('brand.logo_large'))
    const reader = new FileReader()
    reader.addEventListener('load', () => onChange(String(reader.result)))
    reader.readAsDataURL(chosen)
  }
  return (
    <div>
      <div style={{ fontWeight: 560, marginBlockEnd: 4 }}>{t('brand.logo')}</div>
      <div className="bar tight">
        {value && <img src={value} alt={t('brand.logo')} style={{ maxBlockSize: 40, maxInlineSize: 140 }} />}
        {!isLocked && (
          <>
            <Button size="xs" variant="default" onClick={() => file.current?.click()}>
              {t(value ? 'brand.logo_other' : 'brand.logo_choose')}
            </Button>
            {value && (
              <Button size="xs" variant="subtle" onClick={() => onChange(null)}>
                {t('brand.logo_remove')}
              </Button>
            )}
            <input
              ref={file}
              type="file"
              accept="image/png,image/webp,image/jpeg"
              aria-label={t('brand.logo')}
              style={{ display: 'none' }}
              onChange={(event) => take(event.currentTarget.files?.[0])}
            />
          </>
        )}
      </div>
      <p className="soft small" style={{ marginBlockStart: 4 }}>
        {t('brand.logo_text')}
      </p>
      <p role="alert" className="field-error">
        {failure}
      </p>
    </div>
  )
}
