import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import type { PartnerRow } from '../contract.ts'
import { useManagers } from './choices.ts'

type Some = Pick<PartnerRow, 'id' | 'name' | 'manager_id' | 'version'>

/** Who looks after one partner or several; their running clocks pass on. */
export function ManagerSheet({ partners, onClose }: { partners: Some[]; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const managers = useManagers()
  const act = useAct()
  const assign = useWrite(api.partners.assign_manager, { also: ['deals'] })
  const [chosen, setChosen] = useState<string | null>(partners.length === 1 ? (partners[0]?.manager_id ?? null) : null)
  const name = managers.find((one) => one.value === chosen)?.label
  const submit = async () => {
    const every = async () => {
      for (const one of partners) await assign.mutateAsync({ id: one.id, manager_id: chosen })
    }
    const done = name ? t('manager.done', { count: partners.length, name }) : t('manager.done_none')
    if (await act.run(every, done)) onClose()
  }
  return (
    <AskSheet
      title={t('manager.title', { count: partners.length, name: partners[0]?.name })}
      doing={t('manager.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t('manager.text')}</p>
      <Select
        label={t('field.manager')}
        placeholder={t('nobody')}
        data={managers}
        value={chosen}
        onChange={setChosen}
        clearable
        searchable
        data-autofocus
      />
    </AskSheet>
  )
}
