import { NativeSelect } from '@mantine/core'
import { IconCircleCheck, IconHelpCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { Chip } from '../../../web/kit/figures.tsx'
import { Note, Section } from '../../../web/kit/record-page.tsx'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { FileSettings } from './file-settings.tsx'
import { type Import, labelOf, useKinds } from './import-words.ts'

function samples(one: Import, at: number): string {
  const texts = one.sample.map((row) => row[at]?.trim() ?? '').filter(Boolean)
  return [...new Set(texts)].slice(0, 3).join(' · ')
}

/** Each column of the file with what it holds, and the field that it fills: guessed, then confirmed. */
export function MapColumns({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const errorText = useErrorText()
  const { kindOf, fieldLabel } = useKinds()
  const map = useWrite(api.imports.map)
  const columns = kindOf(one.kind)?.columns ?? []
  const choose = (column: string, field: string) =>
    map.mutate({ id: one.id, mapping: [{ column, field: field || null }] }, { onError: (error) => toast(errorText(error)) })
  const options = [
    { value: '', label: t('map.nothing') },
    ...columns.map(({ field, label, required }) => ({ value: field, label: required ? `${labelOf(label)} *` : labelOf(label) })),
  ]
  return (
    <>
      {one.missing.length > 0 && (
        <Note tone="urgent">
          {t('map.missing', { fields: one.missing.map((field) => fieldLabel(one.kind, field)).join(', ') })}
        </Note>
      )}
      <Section title={t('map.title')}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways must be reachable by keyboard */}
        <div className="ledger-scroll" role="group" aria-label={t('map.title')} tabIndex={0}>
          <table className="ledger">
            <thead>
              <tr>
                <th scope="col">{t('map.column')}</th>
                <th scope="col" className="wide-only">
                  {t('map.holds')}
                </th>
                <th scope="col">{t('map.fills')}</th>
                <th scope="col">{t('map.how')}</th>
              </tr>
            </thead>
            <tbody>
              {one.mapping.map(({ column, field, sure }, at) => (
                <tr key={column}>
                  <td className="strong">
                    {column}
                    <div className="narrow-only soft small ellipsis import-sample">{samples(one, at)}</div>
                  </td>
                  <td className="soft small wide-only">
                    <div className="ellipsis import-sample">{samples(one, at)}</div>
                  </td>
                  <td>
                    <NativeSelect
                      size="xs"
                      miw={160}
                      aria-label={t('map.fills_of', { column })}
                      value={field ?? ''}
                      onChange={(event) => choose(column, event.currentTarget.value)}
                      data={options}
                    />
                  </td>
                  <td>
                    {field !== null && (
                      <Chip icon={sure >= 0.8 ? IconCircleCheck : IconHelpCircle} tone={sure >= 0.8 ? 'good' : 'waiting'}>
                        {t(sure === 1 ? 'map.sure' : sure >= 0.8 ? 'map.likely' : 'map.look')}
                      </Chip>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <FileSettings one={one} />
    </>
  )
}
