import { useTranslation } from 'react-i18next'
import { Money } from '../../../web/kit/figures.tsx'
import { Go } from '../../../web/kit/go.tsx'
import { countryName, momentText } from '../../../web/kit/locale.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { type Joined, TwoCards } from '../../../web/kit/two-cards.tsx'
import { useProductName } from '../../ecosystems/ui/product-name.ts'
import type { Deal } from '../shapes.ts'
import { DealState } from './deal-states.tsx'

type Conflict = NonNullable<Deal['conflicts']>[number]

function useRows(deal: Deal): (other: Conflict) => Joined[] {
  const { t } = useTranslation('deals')
  const nameOf = useProductName()
  return (other) => {
    const how = (field: string) => {
      const found = other.fields.find((one) => one.field === field)
      return found ? t(`how.${found.how}`, { defaultValue: found.how }) : undefined
    }
    const same = (is: boolean) => (is ? t('how.same') : undefined)
    const extra = other.fields.filter((one) => !['name', 'account_name', 'domain', 'account_domain'].includes(one.field))
    return [
      { label: t('field.partner'), ours: deal.partner_name, theirs: <Go to={`deals/${other.deal_id}`}>{other.partner_name}</Go> },
      {
        label: t('field.customer'),
        ours: deal.account_name,
        theirs: other.account_name,
        agrees: how('name') ?? how('account_name'),
      },
      {
        label: t('field.site'),
        ours: deal.account_domain ?? '–',
        theirs: other.account_domain ?? '–',
        agrees: how('domain') ?? how('account_domain'),
      },
      ...extra.map((one) => ({
        label: t(`fact.${one.field}`, { defaultValue: t(`field.${one.field}`, { defaultValue: one.field }) }),
        ours: one.ours,
        theirs: one.theirs,
        agrees: t(`how.${one.how}`, { defaultValue: one.how }),
      })),
      {
        label: t('field.product'),
        ours: nameOf(deal.product),
        theirs: nameOf(other.product),
        agrees: same(deal.product === other.product),
      },
      {
        label: t('field.country'),
        ours: countryName(deal.country),
        theirs: countryName(other.country),
        agrees: same(deal.country === other.country),
      },
      {
        label: t('field.amount'),
        ours: <Money minor={deal.amount_minor} currency={deal.currency} />,
        theirs: <Money minor={other.amount_minor} currency={other.currency} />,
      },
      {
        label: t('field.completed'),
        ours: deal.completed_at ? momentText(deal.completed_at) : '–',
        theirs: other.completed_at ? momentText(other.completed_at) : '–',
      },
      {
        label: t('field.state'),
        ours: <DealState deal={deal} />,
        theirs: <DealState deal={{ ...other, id: other.deal_id, stage: 'open' }} />,
      },
    ]
  }
}

/** Other registrations for the same customer, side by side; only the host sees them. */
export function Conflicts({ deal, conflicts }: { deal: Deal; conflicts: Conflict[] }) {
  const { t } = useTranslation('deals')
  const rows = useRows(deal)
  return (
    <Section title={t('conflict.title', { count: conflicts.length })}>
      <div className="stack">
        {conflicts.map((other) => (
          <div key={other.deal_id} className="stack" style={{ gap: 8 }}>
            <p className="soft">
              {t(other.same_scope ? 'conflict.same_scope' : 'conflict.other_scope', { partner: other.partner_name })}
            </p>
            <TwoCards label={t('conflict.label', { ours: deal.partner_name, theirs: other.partner_name })} rows={rows(other)} />
          </div>
        ))}
      </div>
    </Section>
  )
}
