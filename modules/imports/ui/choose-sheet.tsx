import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useCan } from '../../../web/session.ts'
import { STATE } from '../rules.ts'
import type { Import } from './import-words.ts'

/** Which sheet of a workbook is meant, where there are several. */
export function ChooseSheet({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const errorText = useErrorText()
  const map = useWrite(api.imports.map)
  const sheets = one.format?.sheets ?? []
  if (sheets.length < 2 || !STATE.can(one.state, 'choose_sheet') || !can('imports.run')) return null
  const choose = (sheet: string) => map.mutate({ id: one.id, sheet }, { onError: (error) => toast(errorText(error)) })
  return (
    <NativeSelect
      label={t('sheet.label')}
      description={t('sheet.hint')}
      value={one.format?.sheet ?? ''}
      onChange={(event) => choose(event.currentTarget.value)}
      data={sheets}
      disabled={map.isPending}
      style={{ maxInlineSize: 420, marginBlock: '16px 24px' }}
    />
  )
}
