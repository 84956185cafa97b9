import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../../../web/api.ts'
import { comma, countryName, decimalMark, percentText } from '../../../web/kit/locale.ts'
import { useNow } from '../../../web/kit/now.ts'
import { Note } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useRoleWords } from '../../access/ui/role-words.ts'
import { STAGE } from '../rules.ts'
import type { Deal } from '../shapes.ts'
import { CodeField, useReasons, WordsField } from './deal-words.tsx'
import { type Decision, isDecision, useDecide, writtenFor } from './decide.ts'
import { isOutsideTerritory, useCustomerName } from './said.ts'

export type SheetKind =
  | 'approve'
  | 'ask'
  | 'reject'
  | 'grant_price'
  | 'answer'
  | 'submit'
  | 'add_evidence'
  | 'set_stage'
  | 'extend'
  | 'withdraw'
  | 'note'

interface Words {
  text: string
  code: string
  on: string
  percent: number
}
type Kind = Parameters<typeof api.deals.add_evidence>[0]['kind']

const KINDS: Kind[] = ['meeting', 'call', 'mail', 'letter', 'poc']
const NEEDS_TEXT = new Set<SheetKind>(['ask', 'reject', 'answer', 'extend'])

/** What is sent at once; a decision can be taken back before it is. */
type Sent = Exclude<SheetKind, Decision>

/** Each action as one call of the API. */
function useSend(deal: Deal): (kind: Sent, words: Words) => Promise<Deal> {
  const { id, version } = deal
  const at = { version }
  const price = useWrite(api.deals.grant_price, at)
  const answer = useWrite(api.deals.answer, at)
  const submit = useWrite(api.deals.submit, at)
  const evidence = useWrite(api.deals.add_evidence, at)
  const stage = useWrite(api.deals.set_stage, at)
  const extend = useWrite(api.deals.extend, at)
  const withdraw = useWrite(api.deals.withdraw, at)
  const note = useWrite(api.deals.note, at)
  return (kind, { text, code, on, percent }) => {
    const by: Record<Sent, () => Promise<Deal>> = {
      grant_price: () => price.mutateAsync({ id, granted_bps: Math.round(percent * 100), text }),
      answer: () => answer.mutateAsync({ id, text }),
      submit: () => submit.mutateAsync({ id }),
      add_evidence: () => evidence.mutateAsync({ id, on, kind: code as Kind, note: text }),
      set_stage: () =>
        stage.mutateAsync({ id, stage: code as Deal['stage'], ...(code === 'lost' && text ? { lost_reason: text } : {}) }),
      extend: () => extend.mutateAsync({ id, progress: text }),
      withdraw: () => withdraw.mutateAsync({ id, text }),
      note: () => note.mutateAsync({ id, text }),
    }
    return by[kind]()
  }
}

function useCodes(kind: SheetKind, deal: Deal): { value: string; label: string }[] | null {
  const { t } = useTranslation('deals')
  const reasons = useReasons()
  if (kind === 'reject') return reasons
  if (kind === 'add_evidence') return KINDS.map((value) => ({ value, label: t(`evidence.${value}`) }))
  if (kind === 'set_stage') return STAGE.verbs(deal.stage).map(({ to }) => ({ value: to, label: t(`stage.${to}`) }))
  return null
}

const firstCode = (kind: SheetKind, codes: { value: string }[] | null) => (kind === 'reject' ? '' : (codes?.[0]?.value ?? ''))

/** Up to where one may grant by oneself, and who may beyond. */
function PriceLimit({ id }: { id: string }) {
  const { t } = useTranslation('deals')
  const roleWords = useRoleWords()
  const { data } = useRead(api.deals.price, { id })
  if (!data || data.limit_bps === undefined) return null
  const who = (data.granters ?? []).map((role) => roleWords(role)).join(comma())
  return (
    <p className="small">
      {data.limit_bps === null ? t('sheet.limit_none') : t('sheet.limit', { percent: percentText(data.limit_bps) })}{' '}
      {!data.may_grant && t('sheet.limit_who', { percent: percentText(data.asked_bps), who })}
    </p>
  )
}

/** The few words an action needs, then the action. */
export function DealSheet({ kind, deal, onClose }: { kind: SheetKind; deal: Deal; onClose: () => void }) {
  const { t } = useTranslation('deals')
  const name = useCustomerName()(deal)
  const errorText = useErrorText()
  const send = useSend(deal)
  const decide = useDecide()
  const codes = useCodes(kind, deal)
  const today = new Date(useNow()).toISOString().slice(0, 10)
  const before = isDecision(kind) ? writtenFor(kind, [deal.id]) : undefined
  const [words, setWords] = useState<Words>({
    text: kind === 'note' ? (deal.internal_note ?? '') : (before?.text ?? ''),
    code: before?.code || firstCode(kind, codes),
    // Nobody claims a contact of today by leaving a field as it is.
    on: '',
    percent: deal.discount_asked_bps / 100,
  })
  const [failure, setFailure] = useState('')
  const [missing, setMissing] = useState<{ code?: string; on?: string; text?: string }>({})
  const [isBusy, setBusy] = useState(false)
  const put = (change: Partial<Words>) => setWords({ ...words, ...change })
  const submit = async () => {
    if (codes && !words.code) return setMissing({ code: t('sheet.choose') })
    if (kind === 'add_evidence' && !words.on) return setMissing({ on: t('sheet.on_needed') })
    if (NEEDS_TEXT.has(kind) && !words.text.trim())
      return setMissing({ text: t(`sheet.${kind}_needed`, { partner: deal.partner_name }) })
    setMissing({})
    const text = words.text.trim()
    if (isDecision(kind)) {
      decide(kind, [{ ...deal, label: name, due_at: deal.clock?.due_at ?? null }], { text, code: words.code })
      return onClose()
    }
    setBusy(true)
    setFailure('')
    try {
      await send(kind, { ...words, text })
      toast(t(`done.${kind}`, { name }))
      onClose()
    } catch (error) {
      setFailure(errorText(error))
    } finally {
      setBusy(false)
    }
  }
  const hasText = kind !== 'submit' && (kind !== 'set_stage' || words.code === 'lost')
  return (
    <AskSheet
      title={t(`sheet.${kind}`, { name })}
      doing={t(`do.${kind}`)}
      onClose={onClose}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => void submit()}
      isGrave={kind === 'reject' || kind === 'withdraw'}
    >
      <p className="soft">{t(`sheet.${deal.review === 'draft' ? 'leave_draft' : kind}_text`, { partner: deal.partner_name })}</p>
      {kind === 'reject' && isOutsideTerritory(deal) && (
        <Note tone="waiting">{t('sheet.reject_territory', { country: countryName(deal.country) })}</Note>
      )}
      {codes && (
        <CodeField kind={kind} codes={codes} value={words.code} error={missing.code} onChange={(code) => put({ code })} />
      )}
      {kind === 'add_evidence' && (
        <TextInput
          type="date"
          max={today}
          label={t('form.evidence_on')}
          value={words.on}
          error={missing.on}
          onChange={(event) => put({ on: event.currentTarget.value })}
        />
      )}
      {kind === 'grant_price' && <PriceLimit id={deal.id} />}
      {kind === 'grant_price' && (
        <NumberInput
          label={t('sheet.percent')}
          min={0}
          max={90}
          decimalScale={2}
          decimalSeparator={decimalMark()}
          suffix=" %"
          value={words.percent}
          onChange={(value) => put({ percent: Number(value) || 0 })}
        />
      )}
      {hasText && <WordsField kind={kind} value={words.text} error={missing.text} onChange={(text) => put({ text })} />}
    </AskSheet>
  )
}
