import { Button, MultiSelect, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { Heading } from '../../../web/kit/heading.tsx'
import { locale } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { MeanwhileNote } from '../../../web/kit/record-sheet.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { LANGUAGES } from '../../../web/lang.ts'
import { useCan } from '../../../web/session.ts'
import type { Ecosystem } from '../contract.ts'
import { FiscalFields, FiscalPreview } from './fiscal-year.tsx'
import { PlanGaps } from './plan-gaps.tsx'

function useGeneralForm(ecosystem: Ecosystem) {
  const { t } = useTranslation('ecosystems')
  const values = {
    name: ecosystem.name,
    languages: ecosystem.languages,
    currencies: ecosystem.currencies as string[],
    reporting_currency: ecosystem.reporting_currency as string,
    fiscal: ecosystem.fiscal,
  }
  return useRecordForm(
    { values, version: ecosystem.version },
    {
      name: (value) => (value.trim() ? null : t('general.name_needed')),
      languages: (value) => (value.length > 0 ? null : t('general.language_needed')),
      currencies: (value, all) => (value.includes(all.reporting_currency) ? null : t('general.currency_needed')),
    },
  )
}
export type GeneralForm = ReturnType<typeof useGeneralForm>['form']

function currencyOptions(): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale()], { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((value) => ({ value, label: `${value} ${names.of(value) ?? ''}` }))
}

function Fields({ form, isLocked }: { form: GeneralForm; isLocked: boolean }) {
  const { t } = useTranslation('ecosystems')
  const codes = form.values.currencies
  return (
    <>
      <Section title={t('general.name_title')}>
        <div className="stack">
          <TextInput
            label={t('general.name')}
            description={t('general.name_text')}
            readOnly={isLocked}
            {...form.getInputProps('name')}
          />
          <MultiSelect
            label={t('general.languages')}
            description={t('general.languages_text')}
            data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            readOnly={isLocked}
            {...form.getInputProps('languages')}
          />
        </div>
      </Section>
      <Section title={t('general.money')}>
        <div className="stack">
          <MultiSelect
            label={t('general.currencies')}
            description={t('general.currencies_text')}
            data={currencyOptions()}
            searchable
            readOnly={isLocked}
            {...form.getInputProps('currencies')}
          />
          <PlanGaps isElsewhere />
          <Select
            label={t('general.reporting')}
            description={t('general.reporting_text')}
            data={codes}
            allowDeselect={false}
            readOnly={isLocked}
            w={220}
            {...form.getInputProps('reporting_currency')}
          />
        </div>
      </Section>
      <Section title={t('fiscal.title')}>
        <FiscalFields form={form} isLocked={isLocked} />
      </Section>
    </>
  )
}

const LABELS: Record<string, string> = {
  name: 'name',
  languages: 'languages',
  currencies: 'currencies',
  reporting_currency: 'reporting',
  fiscal: 'fiscal',
}

function General({ ecosystem }: { ecosystem: Ecosystem }) {
  const { t } = useTranslation('ecosystems')
  const can = useCan()
  const write = useWrite(api.ecosystems.update, { version: ecosystem.version })
  const { form, meanwhile, take } = useGeneralForm(ecosystem)
  const act = useAct(form.setErrors)
  const isLocked = !can('ecosystems.update')
  const save = form.onSubmit(async (values) => {
    if (await act.run(() => write.mutateAsync({ ...values, name: values.name.trim() }), t('saved'))) form.resetDirty()
  })
  return (
    <form onSubmit={save} noValidate>
      <div className="record">
        <div style={{ maxInlineSize: 620 }}>
          <MeanwhileNote meanwhile={meanwhile} take={take} labelOf={(field) => t(`general.${LABELS[field]}`)} />
          <Fields form={form} isLocked={isLocked} />
          {!isLocked && (
            <div className="bar">
              <Button type="submit" loading={act.isBusy} disabled={!form.isDirty()}>
                {t('save')}
              </Button>
              <span role="alert" style={{ color: 'var(--brick)' }}>
                {act.failure}
              </span>
            </div>
          )}
        </div>
        <FiscalPreview calendar={form.values.fiscal} />
      </div>
    </form>
  )
}

/** Name, languages, money and year of the ecosystem. */
export function GeneralPage() {
  const { t } = useTranslation('ecosystems')
  const { data, error, refetch } = useRead(api.ecosystems.get, {})
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  return (
    <>
      <Heading title={t('general.title')} />
      {data ? <General ecosystem={data} /> : <Waiting />}
    </>
  )
}
