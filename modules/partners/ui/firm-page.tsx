import { Textarea, TextInput } from '@mantine/core'
import { IconPencil, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { Go, useAddress } from '../../../web/kit/go.tsx'
import { Heading } from '../../../web/kit/heading.tsx'
import { countryName } from '../../../web/kit/locale.ts'
import { Actions, Facts, type NextAction, Note, Section } from '../../../web/kit/record-page.tsx'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { EmptyState, ErrorState, Waiting } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { InviteSheet } from '../../access/ui/invite-sheet.tsx'
import { MemberRows } from '../../access/ui/member-rows.tsx'
import type { Partner } from '../shapes.ts'
import { StatusChip } from './partner-chips.tsx'

function ProfileSheet({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const here = useEcosystem()
  const write = useWrite(api.partners.update_profile, { version: partner.version })
  const values = {
    trading_name: partner.trading_name ?? '',
    website: partner.website ?? '',
    phone: partner.phone ?? '',
    description: partner.description,
  }
  const record = useRecordForm({ values, version: partner.version })
  const { form } = record
  const act = useAct(form.setErrors)
  const submit = async () => {
    const { trading_name, website, phone, description } = form.values
    const input = {
      id: partner.id,
      description,
      trading_name: trading_name.trim() || null,
      website: website.trim() || null,
      phone: phone.trim() || null,
    }
    if (await act.run(() => write.mutateAsync(input), t('firm.done'))) onClose()
  }
  return (
    <RecordSheet
      title={t('firm.edit')}
      doing={t('edit.do')}
      record={record}
      act={act}
      onSubmit={() => void submit()}
      onClose={onClose}
      labelOf={(field) => t(field === 'description' ? 'firm.description' : `field.${field}`)}
    >
      <p className="soft">{t('firm.edit_text', { host: here?.name })}</p>
      <TextInput label={t('field.trading_name')} {...form.getInputProps('trading_name')} />
      <TextInput label={t('field.website')} placeholder="https://" dir="ltr" {...form.getInputProps('website')} />
      <TextInput label={t('field.phone')} type="tel" dir="ltr" {...form.getInputProps('phone')} />
      <Textarea label={t('firm.description')} autosize minRows={3} {...form.getInputProps('description')} />
    </RecordSheet>
  )
}

function Profile({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const here = useEcosystem()
  const host = here?.name
  return (
    <Section title={t('facts')}>
      <p style={{ maxInlineSize: '68ch', marginBlockEnd: 8 }} className={partner.description ? undefined : 'soft'}>
        {partner.description ? <bdi>{partner.description}</bdi> : t('firm.no_description', { host })}
      </p>
      <Facts
        facts={[
          {
            label: t('firm.manager', { host }),
            value: partner.manager_name ?? <span className="soft">{t('firm.no_manager', { host })}</span>,
            isHonour: Boolean(partner.manager_name),
          },
          { label: t('field.country'), value: countryName(partner.country), isHonour: true },
          partner.legal_name !== partner.name && { label: t('field.legal_name'), value: <bdi>{partner.legal_name}</bdi> },
          {
            label: t('field.website'),
            value: partner.website && (
              <a href={partner.website} rel="noreferrer" target="_blank" dir="ltr">
                {partner.website.replace(/^https?:\/\//, '')}
              </a>
            ),
          },
          { label: t('field.phone'), value: partner.phone && <span dir="ltr">{partner.phone}</span> },
          { label: t('field.parent'), value: partner.parent_name && <bdi>{partner.parent_name}</bdi> },
          { label: t('field.distributor'), value: partner.distributor_name && <bdi>{partner.distributor_name}</bdi> },
          { label: t('field.since'), value: <When at={partner.created_at} /> },
        ]}
      />
    </Section>
  )
}

function Firm({ partner }: { partner: Partner }) {
  const { t } = useTranslation(['partners', 'access'])
  const can = useCan()
  const { values, set } = useAddress()
  const [isEditing, setEditing] = useState(false)
  const status = partner.status === 'active' || partner.status === 'terminated' ? null : partner.status
  const actions: NextAction[] = [
    ...(can('partners.update_profile')
      ? [{ key: 'edit', label: t('firm.edit'), icon: IconPencil, onDo: () => setEditing(true) } satisfies NextAction]
      : []),
    ...(can('access.invite')
      ? [
          {
            key: 'invite',
            label: t('access:invite.do'),
            icon: IconUserPlus,
            isMain: true,
            onDo: () => set({ new: '1' }),
          } satisfies NextAction,
        ]
      : []),
  ]
  return (
    <article>
      <Heading title={partner.name} actions={<Actions actions={actions} />} />
      <div className="bar" style={{ marginBlockStart: -8, marginBlockEnd: 28 }}>
        <StatusChip status={partner.status} />
        <span className="soft small figure">{t('number', { number: partner.number })}</span>
      </div>
      <div className="record">
        <div>
          {status && (
            <Note tone={status === 'suspended' ? 'urgent' : 'waiting'}>
              <span>{t(`firm.status_text.${status}`)}</span>
              {partner.status_text && <span style={{ whiteSpace: 'pre-line' }}>{partner.status_text}</span>}
            </Note>
          )}
          <Profile partner={partner} />
          <Section title={t('field.tracks')}>
            <ul className="tally">
              {partner.tracks.map(({ track, tier }) => (
                <li key={track} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
                  <span className="strong">{t(`track.${track}`)}</span>
                  <span>{tier || <span className="soft">{t('tracks.no_tier')}</span>}</span>
                </li>
              ))}
            </ul>
          </Section>
        </div>
        <div>
          <Section title={t('people.title')} beside={<Go to="people">{t('access:people.all')}</Go>}>
            <MemberRows />
          </Section>
        </div>
      </div>
      {isEditing && <ProfileSheet partner={partner} onClose={() => setEditing(false)} />}
      {values.new && can('access.invite') && <InviteSheet onClose={() => set({ new: null })} />}
    </article>
  )
}

/** The partner's own record: what it says of itself, its tracks and its people. */
export function FirmPage() {
  const { t } = useTranslation('partners')
  const here = useEcosystem()
  const id = here?.party?.id ?? ''
  const { data, error, refetch } = useRead(api.partners.get, { id }, { enabled: Boolean(id) })
  if (!id) return <EmptyState title={t('firm.title')} />
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  return data ? <Firm partner={data} /> : <Waiting />
}
