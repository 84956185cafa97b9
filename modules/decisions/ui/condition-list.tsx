import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Field, isGroup, type Rule, type RuleGroup } from '../../../kernel/conditions.ts'
import { operatorsOf, ruleFor, withOperator } from './rule-draft.ts'
import { OPERATOR_KEYS, useRuleWords } from './rule-words.ts'
import { ValueField } from './value-field.tsx'

interface ConditionProps {
  rule: Rule
  fields: Field[]
  onChange: (rule: Rule) => void
  onRemove: () => void
}

/** One comparison: a fact, how it is compared, and with what. */
function Condition({ rule, fields, onChange, onRemove }: ConditionProps) {
  const { t } = useTranslation('decisions')
  const { factName, sentence } = useRuleWords()
  const field = fields.find((one) => one.name === rule.field)
  const words = sentence(rule)
  // A comparison with another fact, or with a fact that is gone, is shown and left as it is.
  const isPlain = field && rule.valueSource !== 'field'
  return (
    <li className="condition">
      {isPlain ? (
        <>
          <Select
            aria-label={t('condition.fact')}
            data={fields.map((one) => ({ value: one.name, label: factName(one.name) }))}
            searchable
            allowDeselect={false}
            value={rule.field}
            onChange={(name) => {
              const next = fields.find((one) => one.name === name)
              if (next) onChange(ruleFor(next))
            }}
          />
          <Select
            aria-label={t('condition.operator')}
            data={operatorsOf(field, rule.operator).map((value) => ({
              value,
              label: t(`op.${OPERATOR_KEYS[value] ?? value}`, { defaultValue: value }),
            }))}
            allowDeselect={false}
            value={rule.operator}
            onChange={(operator) => operator && onChange(withOperator(rule, field, operator))}
          />
          <ValueField
            key={`${rule.field} ${rule.operator}`}
            field={field}
            operator={rule.operator}
            value={rule.value}
            onChange={(value) => onChange({ ...rule, value })}
          />
        </>
      ) : (
        <span className="soft" style={{ gridColumn: 'span 3' }}>
          {words}
        </span>
      )}
      <ActionIcon variant="subtle" color="gray" aria-label={t('condition.remove', { what: words })} onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  )
}

/** When a row holds: its comparisons, all of them or any. */
export function ConditionList({
  group,
  fields,
  onChange,
}: {
  group: RuleGroup
  fields: Field[]
  onChange: (group: RuleGroup) => void
}) {
  const { t } = useTranslation('decisions')
  const { sentence } = useRuleWords()
  const put = (at: number, rule: Rule | null) =>
    onChange({ ...group, rules: group.rules.flatMap((one, i) => (i === at ? (rule ? [rule] : []) : [one])) })
  const [first] = fields
  return (
    <fieldset className="choices">
      <legend>{t('condition.title')}</legend>
      {group.rules.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('condition.combine')}
          data={[
            { value: 'and', label: t('condition.all') },
            { value: 'or', label: t('condition.any') },
          ]}
          value={group.combinator}
          onChange={(combinator) => onChange({ ...group, combinator: combinator === 'or' ? 'or' : 'and' })}
          style={{ marginBlockEnd: 8 }}
        />
      )}
      <ul className="stack" style={{ gap: 8 }}>
        {group.rules.map((rule, i) =>
          isGroup(rule) ? (
            // A condition has no identity but its place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={i} className="condition">
              <span className="soft" style={{ gridColumn: 'span 3' }}>
                {sentence(rule)} <span className="small">{t('condition.nested')}</span>
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('condition.remove', { what: sentence(rule) })}
                onClick={() => put(i, null)}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key
            <Condition key={i} rule={rule} fields={fields} onChange={(next) => put(i, next)} onRemove={() => put(i, null)} />
          ),
        )}
      </ul>
      {group.rules.length === 0 && <p className="soft small">{t('condition.none')}</p>}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={16} />}
        style={{ marginBlockStart: 6 }}
        onClick={() => first && onChange({ ...group, rules: [...group.rules, ruleFor(first)] })}
      >
        {t('condition.add')}
      </Button>
    </fieldset>
  )
}
