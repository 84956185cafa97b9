import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { type Branding, checkColour, DEFAULTS } from '../../../web/kit/brand.ts'
import { isHex } from '../../../web/kit/colour.ts'
import { Heading } from '../../../web/kit/heading.tsx'
import { MeanwhileNote } from '../../../web/kit/record-sheet.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { useCan } from '../../../web/session.ts'
import type { Ecosystem } from '../contract.ts'
import { BrandingPreview } from './branding-preview.tsx'
import { LogoField } from './logo-field.tsx'

interface ColourProps {
  label: string
  value: string
  isLocked: boolean
  onChange: (value: string) => void
}

/** One colour with what it must be read against; what fails is refused with the nearest that passes. */
function ColourField({ label, value, isLocked, onChange }: ColourProps) {
  const { t } = useTranslation('ecosystems')
  const checked = isHex(value) ? checkColour(value, 'light') : null
  const good = checked?.passes
  return (
    <div>
      <div className="bar tight" style={{ alignItems: 'end' }}>
        <input
          type="color"
          aria-label={t('brand.pick', { label })}
          value={isHex(value) ? value : '#000000'}
          disabled={isLocked}
          onChange={(event) => onChange(event.currentTarget.value)}
          style={{
            inlineSize: 44,
            blockSize: 36,
            padding: 2,
            border: '1px solid var(--hairline-strong)',
            borderRadius: 'var(--corner)',
            background: 'var(--sheet)',
          }}
        />
        <TextInput
          label={label}
          value={value}
          disabled={isLocked}
          w={140}
          error={checked ? undefined : t('brand.no_colour')}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      {checked && (
        <p
          className="small bar tight"
          style={{ marginBlockStart: 6, color: good ? 'var(--laurel)' : 'var(--brick)' }}
          role="status"
        >
          {good ? <IconCircleCheck size={16} aria-hidden="true" /> : <IconAlertTriangle size={16} aria-hidden="true" />}
          <span>{t(good ? 'brand.passes' : 'brand.fails', { ratio: checked.ratio })}</span>
          {!good && !isLocked && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => onChange(checked.used)}
              leftSection={<span style={{ inlineSize: 12, blockSize: 12, borderRadius: 3, background: checked.used }} />}
            >
              {t('brand.use', { colour: checked.used })}
            </Button>
          )}
        </p>
      )}
    </div>
  )
}

// A mapped type, which a form's values may be and an interface may not.
type Values = Pick<Branding, keyof Branding>
const PLAIN: Values = { ...DEFAULTS, logo_url: null }

function Brand({ ecosystem }: { ecosystem: Ecosystem }) {
  const { t } = useTranslation('ecosystems')
  const can = useCan()
  const client = useQueryClient()
  const write = useWrite(api.ecosystems.update, { version: ecosystem.version })
  const act = useAct()
  const { form, meanwhile, take } = useRecordForm<Values>({
    values: { ...PLAIN, ...ecosystem.branding },
    version: ecosystem.version,
  })
  const brand = form.values
  const put = (change: Partial<Values>) => form.setValues(change)
  const isLocked = !can('ecosystems.update')
  const colours = [brand.primary, brand.accent]
  const reason = colours.some((one) => !isHex(one))
    ? t('brand.no_colour')
    : colours.some((one) => !checkColour(one, 'light').passes)
      ? t('brand.refused')
      : null
  const save = async () => {
    if (reason) return act.fail(reason)
    if (await act.run(() => write.mutateAsync({ branding: brand }), t('brand.saved')))
      await client.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <div className="record" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))' }}>
      <div className="stack" style={{ gap: 20 }}>
        <MeanwhileNote
          meanwhile={meanwhile}
          take={take}
          labelOf={(field) => t(`brand.${field === 'logo_url' ? 'logo' : field}`)}
          wordsOf={(field, value) => (field === 'logo_url' && value ? t('brand.logo_new') : undefined)}
        />
        <ColourField
          label={t('brand.primary')}
          value={brand.primary}
          isLocked={isLocked}
          onChange={(primary) => put({ primary })}
        />
        <ColourField label={t('brand.accent')} value={brand.accent} isLocked={isLocked} onChange={(accent) => put({ accent })} />
        <LogoField value={brand.logo_url} isLocked={isLocked} onChange={(logo_url) => put({ logo_url })} />
        <NumberInput
          label={t('brand.corner')}
          description={t('brand.corner_text')}
          min={0}
          max={24}
          suffix=" px"
          w={140}
          disabled={isLocked}
          value={brand.corner}
          onChange={(value) => put({ corner: Math.min(24, Math.max(0, Math.round(Number(value) || 0))) })}
        />
        <TextInput
          label={t('brand.typeface')}
          description={t('brand.typeface_text')}
          disabled={isLocked}
          maxLength={80}
          value={brand.typeface}
          onChange={(event) => put({ typeface: event.currentTarget.value })}
        />
        {!isLocked && (
          <div className="bar">
            <Button onClick={() => void save()} loading={act.isBusy}>
              {t('save')}
            </Button>
            <Button variant="subtle" onClick={() => put(PLAIN)}>
              {t('brand.reset')}
            </Button>
          </div>
        )}
        <p role="alert" style={{ color: 'var(--brick)' }}>
          {act.failure}
        </p>
      </div>
      <BrandingPreview brand={brand} name={ecosystem.name} />
    </div>
  )
}

/** The host's own look, tried before it is saved. */
export function BrandingPage() {
  const { t } = useTranslation('ecosystems')
  const { data, error, refetch } = useRead(api.ecosystems.get, {})
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  return (
    <>
      <Heading title={t('brand.title')} />
      <p className="lede">{t('brand.text')}</p>
      {data ? <Brand ecosystem={data} /> : <Waiting />}
    </>
  )
}
