import { IconCircleCheck, IconMailForward, IconUserOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Chip, type Icon, type Tone } from '../../../web/kit/figures.tsx'
import { comma } from '../../../web/kit/locale.ts'
import type { Member } from '../shapes.ts'
import { useRoleWords } from './role-words.ts'
import { useScopeWords } from './scope-words.ts'

const STATE: Record<Member['state'], readonly [Icon, Tone]> = {
  invited: [IconMailForward, 'waiting'],
  active: [IconCircleCheck, 'good'],
  ended: [IconUserOff, 'plain'],
}

export function MemberState({ state }: { state: Member['state'] }) {
  const { t } = useTranslation('access')
  const [icon, tone] = STATE[state]
  return (
    <Chip icon={icon} tone={tone}>
      {t(`state.${state}`)}
    </Chip>
  )
}

/** Roles in a line, each with its reach where it is narrowed. */
export function RoleWords({ roles }: { roles: Member['roles'] }) {
  const roleWords = useRoleWords()
  const scopeWords = useScopeWords()
  return (
    <span>
      {roles.map(({ role, scope }, i) => (
        <span key={role}>
          {i > 0 && comma()}
          {roleWords(role)}
          {Object.keys(scope).length > 0 && <span className="soft small"> {scopeWords(scope)}</span>}
        </span>
      ))}
    </span>
  )
}
