import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { writeKey } from '../../../web/ask.ts'
import { BulkSheet } from '../../../web/kit/bulk-sheet.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { STATUS } from '../rules.ts'
import type { PartnerRow } from '../shapes.ts'
import { useManagers } from './choices.ts'

type Managed = Pick<PartnerRow, 'id' | 'name' | 'manager_id' | 'status'>

function ManagerField({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation('partners')
  const managers = useManagers()
  return (
    <>
      <p className="soft">{t('manager.text')}</p>
      <Select
        label={t('field.manager')}
        placeholder={t('nobody')}
        data={managers}
        value={value}
        onChange={onChange}
        clearable
        searchable
        data-autofocus
      />
    </>
  )
}

/** Who looks after a partner; its running clocks pass on. */
export function ManagerSheet({ partner, onClose }: { partner: Managed; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const managers = useManagers()
  const act = useAct()
  const assign = useWrite(api.partners.assign_manager, { also: ['deals'] })
  const [chosen, setChosen] = useState(partner.manager_id)
  const { id, manager_id: before } = partner
  const submit = async () => {
    if (!(await act.run(() => assign.mutateAsync({ id, manager_id: chosen })))) return
    const name = managers.find((one) => one.value === chosen)?.label
    toast(name ? t('manager.done', { count: 1, name }) : t('manager.done_none'), () => assign.mutate({ id, manager_id: before }))
    onClose()
  }
  return (
    <AskSheet
      title={t('manager.title', { count: 1, name: partner.name })}
      doing={t('manager.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <ManagerField value={chosen} onChange={setChosen} />
    </AskSheet>
  )
}

/** The same for several at once; it can be taken back, each to the manager it had. */
export function ManagersSheet({ partners, onClose }: { partners: Managed[]; onClose: (left: string[]) => void }) {
  const { t } = useTranslation('partners')
  const [chosen, setChosen] = useState<string | null>(null)
  const assign = (id: string, manager_id: string | null) => api.partners.assign_manager({ id, manager_id }, { key: writeKey() })
  return (
    <BulkSheet
      title={t('manager.title', { count: partners.length })}
      doing={t('manager.do')}
      rows={partners.map(({ id, name, status }) => ({
        id,
        label: name,
        blocked: STATUS.verbs(status).length === 0 ? t('manager.ended') : undefined,
      }))}
      run={(id) => assign(id, chosen)}
      undo={(id) => assign(id, partners.find((one) => one.id === id)?.manager_id ?? null)}
      touches={['partners', 'deals']}
      onClose={onClose}
    >
      <ManagerField value={chosen} onChange={setChosen} />
    </BulkSheet>
  )
}
