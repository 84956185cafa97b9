import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { RoleName } from './role-name.tsx'

interface Props {
  role: { code: string; name: string }
  onClose: () => void
}

/** A role of the host's own gets another name, or ends. */
export function OwnRole({ role, onClose }: Props) {
  const { t } = useTranslation('access')
  const act = useAct()
  const rename = useWrite(api.access.rename_role)
  const retire = useWrite(api.access.retire_role)
  const [name, setName] = useState(role.name)
  const end = async (doing: () => Promise<unknown>, done: string) => {
    if (await act.run(doing, done)) onClose()
  }
  const submit = () => {
    if (!name.trim()) return act.fail(t('roles.name_needed'))
    return end(() => rename.mutateAsync({ role: role.code, name: name.trim() }), t('roles.renamed', { name: name.trim() }))
  }
  return (
    <AskSheet
      title={role.name}
      doing={t('roles.rename')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <RoleName name={name} onName={setName} />
      <div>
        <p className="soft">{t('roles.retire_text')}</p>
        <Button
          variant="default"
          color="brick"
          loading={act.isBusy}
          onClick={() => void end(() => retire.mutateAsync({ role: role.code }), t('roles.retired', { name: role.name }))}
          style={{ marginBlockStart: 8, color: 'var(--brick)' }}
        >
          {t('roles.retire')}
        </Button>
      </div>
    </AskSheet>
  )
}
