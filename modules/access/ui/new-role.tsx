import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { RoleName } from './role-name.tsx'
import { useRoleWords } from './role-words.ts'

interface Props {
  side: 'inner' | 'outer'
  roles: { code: string }[]
  onClose: () => void
}

/** The name as a code, as `deal_desk`; a name without Latin letters gets a number. */
const codeOf = (name: string): string => {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
  return plain.length > 1 ? plain.slice(0, 40) : `role_${Date.now().toString(36)}`
}

/** A role of the host's own, beginning with what another one may. */
export function NewRole({ side, roles, onClose }: Props) {
  const { t } = useTranslation('access')
  const roleWords = useRoleWords()
  const act = useAct()
  const write = useWrite(api.access.create_role)
  const [name, setName] = useState('')
  const [like, setLike] = useState<string | null>(null)
  const submit = async () => {
    if (!name.trim()) return act.fail(t('roles.name_needed'))
    const made = await act.run(() => write.mutateAsync({ code: codeOf(name), side, name: name.trim(), like }), t('roles.made'))
    if (made) onClose()
  }
  return (
    <AskSheet
      title={t('roles.new')}
      doing={t('roles.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <RoleName name={name} onName={setName} />
      <Select
        label={t('roles.like')}
        description={t('roles.like_text')}
        placeholder={t('roles.like_none')}
        clearable
        data={roles.filter(({ code }) => code !== 'owner').map(({ code }) => ({ value: code, label: roleWords(code) }))}
        value={like}
        onChange={setLike}
      />
    </AskSheet>
  )
}
