import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { ClockRing } from '../../../web/kit/clock-ring.tsx'
import { Money, When } from '../../../web/kit/figures.tsx'
import { Go, useGo } from '../../../web/kit/go.tsx'
import { comma, countryName, monthText, percentText } from '../../../web/kit/locale.ts'
import { Facts, Note, RecordPage, Section } from '../../../web/kit/record-page.tsx'
import { ErrorState, Waiting } from '../../../web/kit/states.tsx'
import type { Params } from '../../../web/pages.ts'
import { useCan, useEcosystem } from '../../../web/session.ts'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { Deal } from '../shapes.ts'
import { useDealActions } from './deal-actions.tsx'
import { Conflicts } from './deal-conflicts.tsx'
import { DealDraft } from './deal-draft.tsx'
import { ProtectionChip, ReviewChip, StageChip } from './deal-states.tsx'
import { DealTimeline } from './deal-timeline.tsx'
import { DealWhy } from './deal-why.tsx'
import { useProductsText } from './products-text.ts'
import { ProtectionLine } from './protection-line.tsx'
import { countryOf, isOutsideTerritory, useCustomerName, worthOf } from './said.ts'
import { SuccessionNote } from './succession-note.tsx'

/** What a refused partner may do instead: another product of the same customer. */
function FreeScopes({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const nameOf = useProductName()
  const isPartner = useEcosystem()?.side === 'outer'
  if (!isPartner || deal.free_products.length === 0) return null
  const query = (product: string) =>
    new URLSearchParams({ customer: deal.account_domain ?? deal.account_name, country: deal.country, product })
  return (
    <Note>
      <span className="strong">{t('free.title')}</span>
      <span>{t('free.text', { name: deal.account_name })}</span>
      <div className="bar tight" style={{ marginBlockStart: 4 }}>
        {deal.free_products.map((product) => (
          <Button key={product} variant="default" onClick={() => go(`deals/new?${query(product)}`)}>
            {t('free.do', { product: nameOf(product) })}
          </Button>
        ))}
      </div>
    </Note>
  )
}

/** Who registered the same before is led to it. */
function Earlier({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const id = deal.decision?.reasons.find((reason) => reason.row === 'earlier')?.comparisons[0]?.seen
  if (deal.review !== 'rejected' || typeof id !== 'string') return null
  return (
    <Note>
      <span className="strong">{t('earlier.title')}</span>
      <span>{t('earlier.text')}</span>
      <div className="bar tight" style={{ marginBlockStart: 4 }}>
        <Button variant="default" onClick={() => go(`deals/${id}`)}>
          {t('earlier.do')}
        </Button>
      </div>
    </Note>
  )
}

/** That the customer is outside the territory warns both sides, and stands apart from what was decided. */
function Outside({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const isInner = useEcosystem()?.side === 'inner'
  if (!isOutsideTerritory(deal)) return null
  const key = isInner ? 'partner_outside' : 'outside'
  return (
    <Note tone="waiting">
      <span className="strong">{t(`note.${key}`)}</span>
      <span>{t(`note.${key}_text`, { country: countryName(deal.country), partner: deal.partner_name })}</span>
    </Note>
  )
}

function Notes({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  return (
    <>
      <Outside deal={deal} />
      {deal.asked && deal.review === 'info_requested' && (
        <Note tone="urgent">
          <span className="strong">{t('note.asked')}</span>
          <span style={{ whiteSpace: 'pre-line' }}>{deal.asked}</span>
        </Note>
      )}
      {deal.answered && deal.review !== 'info_requested' && (
        <Note>
          <span className="strong">{t('note.answered')}</span>
          <span style={{ whiteSpace: 'pre-line' }}>{deal.answered}</span>
        </Note>
      )}
      {deal.protection === 'held' && !deal.evidence_on && (
        <Note tone="waiting">
          <span className="strong">{t('note.held')}</span>
          <span>{t('note.held_text')}</span>
        </Note>
      )}
    </>
  )
}

/** The host goes on from a deal to the firm that registered it, and to the customer as its own list knows it. */
function useLinks(deal: Deal) {
  const can = useCan()
  const isInner = useEcosystem()?.side === 'inner'
  return {
    partner: isInner && can('partners.get') ? <Go to={`partners/${deal.partner_id}`}>{deal.partner_name}</Go> : deal.partner_name,
    account:
      isInner && deal.account_id && can('accounts.get') ? <Go to={`accounts/${deal.account_id}`}>{deal.account_name}</Go> : null,
  }
}

function DealFacts({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const links = useLinks(deal)
  const nameOf = useProductName()
  const productsText = useProductsText()
  const { data: ecosystem } = useRead(api.ecosystems.get, {})
  const percent = (bps: number | null) => (bps ? percentText(bps) : null)
  return (
    <Facts
      facts={[
        { label: t('field.amount'), value: <Money minor={worthOf(deal)} currency={deal.currency} />, isHonour: true },
        deal.protected_until
          ? { label: t('field.protected_until'), value: <When at={deal.protected_until} />, isHonour: true }
          : null,
        { label: t('field.closes'), value: deal.closes_on && monthText(deal.closes_on), isHonour: !deal.protected_until },
        { label: t('field.partner'), value: links.partner },
        { label: t('field.account'), value: links.account },
        { label: t('field.product'), value: productsText(deal, true) },
        deal.refused_products.length > 0 && {
          label: t('field.refused_products'),
          value: deal.refused_products.map(nameOf).join(comma()),
        },
        { label: t('field.country'), value: countryOf(deal) },
        { label: t('field.site'), value: deal.account_domain },
        { label: t('field.route'), value: t(`route.${deal.route}`) },
        deal.deal_type !== 'new' && { label: t('field.type'), value: t(`type.${deal.deal_type}`) },
        { label: t('field.tender'), value: deal.tender },
        { label: t('field.manager'), value: deal.manager_name },
        { label: t('field.submitted_by'), value: deal.submitted_by },
        deal.completed_at && { label: t('field.completed'), value: <When at={deal.completed_at} as="moment" /> },
        deal.evidence_on && {
          label: t('field.evidence'),
          value: (
            <>
              {t(`evidence.${deal.evidence_kind ?? 'meeting'}`) + comma()}
              <When at={deal.evidence_on} />
            </>
          ),
        },
        { label: t('field.discount_asked'), value: percent(deal.discount_asked_bps) },
        { label: t('field.discount_granted'), value: percent(deal.discount_granted_bps) },
        deal.amount_plan_minor &&
          deal.currency !== ecosystem?.reporting_currency && {
            label: t('field.plan'),
            value: ecosystem && <Money minor={deal.amount_plan_minor} currency={ecosystem.reporting_currency} />,
          },
        { label: t('field.contact'), value: [deal.contact_name, deal.contact_email].filter(Boolean).join(comma()) },
        { label: t('field.description'), value: deal.description },
        { label: t('field.internal_note'), value: deal.internal_note },
      ]}
    />
  )
}

function Record({ deal }: { deal: Deal }) {
  const { t } = useTranslation('deals')
  const side = useEcosystem()?.side ?? 'outer'
  const { actions, sheet } = useDealActions(deal, side)
  const customerName = useCustomerName()
  return (
    <>
      <RecordPage
        title={customerName(deal)}
        crumb={{ label: t('list.title'), to: 'deals' }}
        actions={actions}
        states={
          <>
            <ReviewChip review={deal.review} id={deal.id} />
            {deal.protection !== 'none' && <ProtectionChip protection={deal.protection} />}
            {deal.review === 'approved' && <StageChip stage={deal.stage} />}
            {deal.clock && <ClockRing clock={deal.clock} holder={deal.clock.holder} />}
            <span className="soft small figure">{t('record.number', { number: deal.number })}</span>
          </>
        }
        why={<DealWhy deal={deal} />}
        isWhyFirst={deal.review === 'rejected'}
      >
        <Notes deal={deal} />
        <SuccessionNote deal={deal} />
        <FreeScopes deal={deal} />
        <Earlier deal={deal} />
        {deal.protected_until && deal.completed_at && <ProtectionLine deal={deal} />}
        <Section title={t('record.facts')}>
          <DealFacts deal={deal} />
        </Section>
        {deal.conflicts && deal.conflicts.length > 0 && <Conflicts deal={deal} conflicts={deal.conflicts} />}
        <DealTimeline id={deal.id} />
      </RecordPage>
      {sheet}
    </>
  )
}

/** A deal, as each side may see it. */
export function DealPage({ params }: { params: Params }) {
  const can = useCan()
  const side = useEcosystem()?.side
  const { data: deal, error, refetch } = useRead(api.deals.get, { id: params.id ?? '' })
  if (error) return <ErrorState error={error} again={() => void refetch()} />
  if (!deal || deal.id !== params.id) return <Waiting />
  if (deal.review === 'draft' && side === 'outer' && can('deals.register')) return <DealDraft key={deal.id} deal={deal} />
  return <Record deal={deal} />
}
