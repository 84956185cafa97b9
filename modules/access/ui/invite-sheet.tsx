import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { LANGUAGES } from '../../../web/lang.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { PartnerSelect } from '../../partners/ui/partner-select.tsx'
import type { HeldRole } from '../shapes.ts'
import { RolesField } from './roles-field.tsx'

type Locale = keyof typeof LANGUAGES
type Party = { id: string; name: string } | null

interface Filled {
  name: string
  email: string
  locale: Locale
  side: 'inner' | 'outer'
  firm: string | null
  roles: HeldRole[]
}

function Whose({ filled, put }: { filled: Filled; put: (change: Partial<Filled>) => void }) {
  const { t } = useTranslation('access')
  const here = useEcosystem()
  return (
    <>
      <SegmentedControl
        aria-label={t('invite.whose')}
        value={filled.side}
        data={[
          { value: 'outer', label: t('invite.partner') },
          { value: 'inner', label: here?.name ?? '' },
        ]}
        onChange={(side) => put({ side: side as Filled['side'], roles: [] })}
      />
      {filled.side === 'outer' && (
        <PartnerSelect label={t('invite.firm')} value={filled.firm} isRequired onChange={(firm) => put({ firm })} />
      )}
    </>
  )
}

/** Invites a person: to a given firm, or to whichever the host chooses. */
export function InviteSheet({ party, onClose }: { party?: Party; onClose: () => void }) {
  const { t, i18n } = useTranslation('access')
  const here = useEcosystem()
  const can = useCan()
  const act = useAct()
  const write = useWrite(api.access.invite, { also: ['partners'] })
  const isOuter = here?.side === 'outer'
  const fixed = party ?? (isOuter ? (here?.party ?? null) : null)
  const [filled, setFilled] = useState<Filled>({
    name: '',
    email: '',
    locale: (i18n.language.slice(0, 2) in LANGUAGES ? i18n.language.slice(0, 2) : 'en') as Locale,
    side: fixed || !can('access.manage_hosts') ? 'outer' : 'inner',
    firm: fixed?.id ?? null,
    roles: fixed ? [{ role: 'partner_seller', scope: {} }] : [],
  })
  const put = (change: Partial<Filled>) => setFilled({ ...filled, ...change })
  const { name, email, locale, side, firm, roles } = filled
  const submit = async () => {
    if (!name.trim()) return act.fail(t('invite.name_needed'), 'name')
    if (!email.includes('@')) return act.fail(t('invite.email_needed'), 'email')
    if (side === 'outer' && !firm) return act.fail(t('invite.firm_needed'))
    if (roles.length === 0) return act.fail(t('invite.role_needed'))
    const input = {
      name: name.trim(),
      email: email.trim(),
      locale,
      roles,
      ...(isOuter ? {} : { party_id: side === 'outer' ? firm : null }),
    }
    if (await act.run(() => write.mutateAsync(input), t('invite.done', { name: name.trim(), email: email.trim() }))) onClose()
  }
  return (
    <AskSheet
      title={fixed ? t('invite.title_firm', { firm: fixed.name }) : t('invite.title')}
      doing={t('invite.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      {!fixed && can('access.manage_hosts') && <Whose filled={filled} put={put} />}
      {!fixed && !can('access.manage_hosts') && (
        <PartnerSelect label={t('invite.firm')} value={firm} isRequired onChange={(value) => put({ firm: value })} />
      )}
      <TextInput
        label={t('field.name')}
        autoComplete="off"
        data-autofocus
        value={name}
        error={act.issues.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('field.email')}
        type="email"
        autoComplete="off"
        value={email}
        error={act.issues.email}
        onChange={(event) => put({ email: event.currentTarget.value })}
      />
      <Select
        label={t('invite.language')}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
        value={locale}
        allowDeselect={false}
        onChange={(value) => put({ locale: (value ?? 'en') as Locale })}
      />
      <RolesField
        side={side}
        value={roles}
        canOwn={here?.roles.includes('owner') ?? false}
        onChange={(next) => put({ roles: next })}
      />
    </AskSheet>
  )
}
