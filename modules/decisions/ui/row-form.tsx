import { NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../../kernel/conditions.ts'
import { Pair } from '../../../web/kit/pair.tsx'
import { useReasons } from '../../deals/ui/deal-words.tsx'
import { useLabelToKeep, useRowLabel } from '../../deals/ui/usual-words.ts'
import { ConditionList } from './condition-list.tsx'
import { type Outcome, outcomeOf, type Row } from './rule-words.ts'

const DECISIONS = ['approve', 'hold', 'review', 'reject']

/** What a row leads to: a decision, the clause it cites, and for a refusal its reason. */
export function OutcomeFields({ outcome, onChange }: { outcome: unknown; onChange: (outcome: Row['outcome']) => void }) {
  const { t } = useTranslation(['decisions', 'deals'])
  const reasons = useReasons()
  const { decision, clause, reason_code } = outcomeOf(outcome)
  const put = (change: Partial<Record<keyof Outcome, string | number | undefined>>) => {
    const next = { decision, clause, reason_code, ...change }
    // Only a refusal has a reason; what is not said is left out of the document.
    const { reason_code: reason, clause: cited, decision: what } = next
    onChange({
      decision: what ?? decision,
      ...(cited ? { clause: cited } : {}),
      ...(what === 'reject' && reason ? { reason_code: reason } : {}),
    })
  }
  return (
    <>
      <Pair widths="minmax(0, 2fr) minmax(0, 1fr)">
        <Select
          label={t('table.then')}
          data={DECISIONS.map((value) => ({ value, label: t(`outcome.${value}`) }))}
          allowDeselect={false}
          value={decision}
          onChange={(value) => value && put({ decision: value })}
        />
        <NumberInput
          label={t('row.clause')}
          min={1}
          max={99}
          allowDecimal={false}
          value={clause ?? ''}
          onChange={(value) => put({ clause: Number(value) || undefined })}
        />
      </Pair>
      {decision === 'reject' && (
        <Select
          label={t('row.reason')}
          data={reasons}
          clearable
          value={reason_code ?? null}
          onChange={(value) => put({ reason_code: value ?? undefined })}
        />
      )}
    </>
  )
}

/** A row with typed fields: what it is called, when it holds, what follows, who reads it as a reason. */
export function RowForm({ row, fields, onChange }: { row: Row; fields: Field[]; onChange: (row: Row) => void }) {
  const { t } = useTranslation('decisions')
  const labelOf = useRowLabel()
  const labelToKeep = useLabelToKeep()
  return (
    <div className="stack row-form">
      <TextInput
        label={t('row.label')}
        description={t('row.label_text')}
        maxLength={300}
        data-row-label
        value={labelOf(row.id, row.label)}
        onChange={(event) => onChange({ ...row, label: labelToKeep(row.id, event.currentTarget.value) })}
      />
      <ConditionList group={row.when} fields={fields} onChange={(when) => onChange({ ...row, when })} />
      <OutcomeFields outcome={row.outcome} onChange={(outcome) => onChange({ ...row, outcome })} />
      <div>
        <p className="small strong" style={{ marginBlockEnd: 4 }}>
          {t('table.who')}
        </p>
        <SegmentedControl
          size="xs"
          aria-label={t('table.who')}
          data={(['outer', 'inner'] as const).map((value) => ({ value, label: t(`table.${value}`) }))}
          value={row.audience ?? 'outer'}
          onChange={(audience) => onChange({ ...row, audience: audience === 'inner' ? 'inner' : 'outer' })}
        />
      </div>
    </div>
  )
}
