import { useTranslation } from 'react-i18next'
import { Go } from '../../../web/kit/go.tsx'
import { dayText } from '../../../web/kit/locale.ts'
import { type Why, WhyPanel } from '../../../web/kit/why-panel.tsx'
import { useTitleWords } from '../../decisions/ui/usual-words.ts'
import type { Deal } from '../shapes.ts'
import { USUAL_REASONS } from '../usual-reasons.ts'
import { useComparisonWords } from './comparison-words.ts'
import { useFactValue } from './fact-value.ts'
import { useRowLabel } from './usual-words.ts'

type Decision = NonNullable<Deal['decision']>
type Reason = Decision['reasons'][number]

// What was asked for, then who asks, then what was found; stored facts stand in no order.
const FIRST = [
  'product',
  'products',
  'country',
  'out_of_territory',
  'value_plan_minor',
  'deal_type',
  'route',
  'discount_asked_bps',
  'evidence',
  'partner_active',
  'tracks',
  'open_registrations',
]

const isUnasked = (field: string, value: unknown) => field === 'discount_asked_bps' && value === 0

/** Facts in the order of reading; the list of products says nothing more where it is the product alone. */
function orderOf(facts: Record<string, unknown>): [string, unknown][] {
  const place = (field: string) => (FIRST.includes(field) ? FIRST.indexOf(field) : FIRST.length)
  return Object.entries(facts)
    .filter(([field, value]) => field !== 'products' || !Array.isArray(value) || value.length > 1)
    .sort(([a], [b]) => place(a) - place(b))
}

function useDetail(deal: Deal): (reason: Reason) => string | undefined {
  const { t } = useTranslation('deals')
  const wordsOf = useComparisonWords(deal.currency)
  return (reason) => {
    const parts = reason.comparisons.filter((one) => one.field && one.seen !== undefined).map(wordsOf)
    return [...(reason.clause ? [t('why.clause', { number: reason.clause })] : []), ...parts].join(' · ') || undefined
  }
}

/** What became of a registration, in one sentence. */
export function useOutcome(): (deal: Deal) => string {
  const { t } = useTranslation('deals')
  return (deal) => {
    if (deal.review === 'rejected') return t('outcome.reject')
    if (deal.protection === 'protected' && deal.protected_until)
      return t('outcome.protected', { until: dayText(deal.protected_until) })
    if (deal.protection === 'held') return t('outcome.hold')
    return t(`outcome.${deal.decision?.outcome}`, { defaultValue: t(`review.${deal.review}`) })
  }
}

const isWarning = ({ row, label }: Reason) => row === 'territory' && label === USUAL_REASONS.territory

function useWhy(deal: Deal): Why | null {
  const { t } = useTranslation('deals')
  const outcome = useOutcome()
  const detail = useDetail(deal)
  const seen = useFactValue(deal.currency)
  const labelOf = useRowLabel()
  const titleOf = useTitleWords()
  const { decision } = deal
  if (!decision) return null
  // That one is a way on, not a reason: the page leads there.
  const reasons = (decision.all_reasons ?? decision.reasons).filter(({ row }) => row !== 'earlier')
  const facts = decision.all_facts ?? decision.facts
  const inReasons = new Set(reasons.flatMap((reason) => reason.comparisons.map((one) => one.field)))
  if (reasons.some(isWarning)) inReasons.add('out_of_territory')
  return {
    outcome: outcome(deal),
    rule: decision.document_title && titleOf(decision.document_title),
    version: decision.document_number,
    note: deal.reason_text ?? decision.note,
    rows: reasons.map((reason) => ({
      key: reason.row,
      label: labelOf(reason.row, reason.label),
      hit: reason.hit,
      isWarning: isWarning(reason),
      detail: detail(reason),
    })),
    facts: orderOf(facts)
      .filter(
        ([field, value]) =>
          !inReasons.has(field) && value !== null && value !== false && value !== 'none' && !isUnasked(field, value),
      )
      .map(([field, value]) => ({ label: t(`fact.${field}`, { defaultValue: field }), value: seen(field, value) })),
    // Where no row held it back, the rule's last word decided, and that is a reason, too.
    none:
      decision.by === 'rule' && decision.outcome === 'approve' && !reasons.some((reason) => reason.hit && !isWarning(reason))
        ? t('why.none_held')
        : null,
    at: decision.at,
    by: t(`why.by_${decision.by}`),
  }
}

/** Why it stands as it does, as far as the reader may know. */
export function DealWhy({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const why = useWhy(deal)
  const clauses = <Go to="rules">{t('why.rules')}</Go>
  return (
    <WhyPanel why={why} empty={t(deal.review === 'draft' ? 'why.draft' : 'why.none')} {...(why ? { ruleLink: clauses } : {})} />
  )
}
