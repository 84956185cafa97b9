import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { useNow } from '../../../web/kit/now.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import { PartnerSelect } from '../../partners/ui/partner-select.tsx'
import type { Deal, DealRow } from '../shapes.ts'
import { WordsField } from './deal-words.tsx'

export type Succession = 'overrule' | 'reassign' | 'supersede'
interface Props {
  deal: Deal
  onClose: () => void
}

/** The customer's written word ends a registration, in favour of another where it names one. */
function OverruleSheet({ deal, onClose }: Props) {
  const { t } = useTranslation('deals')
  const act = useAct()
  const write = useWrite(api.deals.overrule, { version: deal.version })
  const today = new Date(useNow()).toISOString().slice(0, 10)
  const [written_on, setDay] = useState(today)
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const rivals = (deal.conflicts ?? []).map((one) => ({ value: one.deal_id, label: `${one.partner_name} · ${one.account_name}` }))
  const submit = async () => {
    if (!text.trim()) return act.fail(t('sheet.overrule_needed', { partner: deal.partner_name }))
    const input = { id: deal.id, written_on, text: text.trim(), ...(chosen ? { in_favour_of_id: chosen } : {}) }
    if (await act.run(() => write.mutateAsync(input), t('done.overrule', { name: deal.account_name }))) onClose()
  }
  return (
    <AskSheet
      title={t('sheet.overrule', { name: deal.account_name })}
      doing={t('sheet.overrule_do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
      isGrave
    >
      <p className="soft">{t('sheet.overrule_text', { partner: deal.partner_name })}</p>
      <TextInput
        type="date"
        max={today}
        label={t('sheet.written_on')}
        value={written_on}
        error={act.issues.written_on}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {rivals.length > 0 && (
        <Select
          label={t('sheet.in_favour_of')}
          description={t('sheet.in_favour_of_text')}
          placeholder={t('sheet.nobody_named')}
          data={rivals}
          clearable
          value={chosen}
          onChange={setChosen}
        />
      )}
      <WordsField kind="overrule" value={text} onChange={setText} />
    </AskSheet>
  )
}

/** A deal of a partner that ended goes to another partner, or to the host itself. */
function ReassignSheet({ deal, onClose }: Props) {
  const { t } = useTranslation('deals')
  const act = useAct()
  const write = useWrite(api.deals.reassign, { version: deal.version, also: ['accounts'] })
  const [to, setTo] = useState<string | null>(null)
  const [protection, setProtection] = useState<'move' | 'end'>('move')
  const [text, setText] = useState('')
  const [note, setNote] = useState('')
  const submit = async () => {
    if (!text.trim()) return act.fail(t('sheet.reassign_needed', { partner: deal.partner_name }))
    const input = { id: deal.id, to_partner_id: to, protection, text: text.trim(), note: note.trim() }
    if (await act.run(() => write.mutateAsync(input), t('done.reassign', { name: deal.account_name }))) onClose()
  }
  return (
    <AskSheet
      title={t('sheet.reassign', { name: deal.account_name })}
      doing={t('do.reassign')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t('sheet.reassign_text', { partner: deal.partner_name })}</p>
      <PartnerSelect
        label={t('sheet.reassign_to')}
        placeholder={t('sheet.ourselves')}
        value={to}
        error={act.issues.to_partner_id}
        onChange={setTo}
      />
      {deal.protection === 'protected' && to && (
        <SegmentedControl
          aria-label={t('field.protection')}
          data={(['move', 'end'] as const).map((value) => ({ value, label: t(`sheet.protection_${value}`) }))}
          value={protection}
          onChange={(value) => setProtection(value === 'end' ? 'end' : 'move')}
        />
      )}
      <WordsField kind="reassign" value={text} onChange={setText} />
      {to && (
        <Textarea
          label={t('sheet.reassign_note')}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
    </AskSheet>
  )
}

/** The partner's own later registrations of the same customer, which can take a deal's place. */
export function useLater(deal: Deal, isOwn: boolean): DealRow[] {
  const { data } = useRead(api.deals.list, { q: deal.account_name, limit: 20 }, { enabled: isOwn })
  return (data?.items ?? []).filter(
    (one) =>
      one.partner_id === deal.partner_id &&
      ['submitted', 'under_review', 'info_requested', 'approved'].includes(one.review) &&
      Date.parse(one.completed_at ?? '') > Date.parse(deal.completed_at ?? ''),
  )
}

/** A later registration of one's own takes the place of this one. */
function SupersedeSheet({ deal, onClose }: Props) {
  const { t } = useTranslation('deals')
  const nameOf = useProductName()
  const act = useAct()
  const write = useWrite(api.deals.supersede, { version: deal.version })
  const later = useLater(deal, true)
  const [by_id, setBy] = useState<string | null>(null)
  const chosen = by_id ?? later[0]?.id ?? null
  const submit = async () => {
    if (!chosen) return act.fail(t('sheet.choose'))
    if (await act.run(() => write.mutateAsync({ id: deal.id, by_id: chosen }), t('done.supersede', { name: deal.account_name })))
      onClose()
  }
  return (
    <AskSheet
      title={t('sheet.supersede', { name: deal.account_name })}
      doing={t('do.supersede')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
      isGrave
    >
      <p className="soft">{t('sheet.supersede_text')}</p>
      <Select
        label={t('sheet.supersede_by')}
        data={later.map((one) => ({
          value: one.id,
          label: `${one.account_name} · ${nameOf(one.product)} · ${t('record.number', { number: one.number })}`,
        }))}
        allowDeselect={false}
        value={chosen}
        onChange={setBy}
      />
    </AskSheet>
  )
}

const SHEETS = { overrule: OverruleSheet, reassign: ReassignSheet, supersede: SupersedeSheet }

/** The sheet by which one registration follows another. */
export function SuccessionSheet({ kind, ...props }: Props & { kind: Succession }) {
  const Chosen = SHEETS[kind]
  return <Chosen {...props} />
}
