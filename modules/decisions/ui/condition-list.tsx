import { ActionIcon, Button, NativeSelect, Select } from '@mantine/core'
import { IconBracketsContain, IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type Field, isGroup, type Rule, type RuleGroup } from '../../../kernel/conditions.ts'
import {
  innerGroup,
  MODES,
  type Mode,
  mayNest,
  modeOf,
  operatorsOf,
  ruleFor,
  withMode,
  withOperator,
  withRule,
} from './rule-draft.ts'
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

interface GroupProps {
  group: RuleGroup
  fields: Field[]
  onChange: (group: RuleGroup) => void
  /** The row's own group is at depth 1. */
  depth: number
}

/** How the conditions of a group combine: all, any, none, or not all of them. */
function Combining({ group, depth, onChange }: Pick<GroupProps, 'group' | 'depth' | 'onChange'>) {
  const { t } = useTranslation('decisions')
  if (depth === 1 && group.rules.length < 2 && !group.not) return null
  return (
    <NativeSelect
      size="xs"
      w="fit-content"
      aria-label={t(depth === 1 ? 'condition.combine' : 'condition.combine_inner')}
      data={MODES.map((value) => ({ value, label: t(`condition.${value}`) }))}
      value={modeOf(group)}
      onChange={(event) => onChange(withMode(group, event.currentTarget.value as Mode))}
    />
  )
}

/** The conditions of a group and the groups in it, as deep as a document may go. */
function Group({ group, fields, onChange, depth }: GroupProps) {
  const { t } = useTranslation('decisions')
  const { sentence } = useRuleWords()
  const [first] = fields
  const add = (rule: Rule | RuleGroup) => onChange({ ...group, rules: [...group.rules, rule] })
  return (
    <>
      <ul className="stack" style={{ gap: 8 }}>
        {group.rules.map((rule, i) => {
          const change = (next: Rule | RuleGroup | null) => onChange(withRule(group, i, next))
          return isGroup(rule) ? (
            // A condition has no identity but its place.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={i}>
              <fieldset className="choices condition-group" aria-label={sentence(rule)}>
                <div className="bar tight">
                  <Combining group={rule} depth={depth + 1} onChange={change} />
                  <ActionIcon
                    className="push"
                    variant="subtle"
                    color="gray"
                    aria-label={t('condition.remove_group', { what: sentence(rule) })}
                    onClick={() => change(null)}
                  >
                    <IconX size={16} />
                  </ActionIcon>
                </div>
                <Group group={rule} fields={fields} onChange={change} depth={depth + 1} />
              </fieldset>
            </li>
          ) : (
            // oxlint-disable-next-line react/no-array-index-key
            <Condition key={i} rule={rule} fields={fields} onChange={change} onRemove={() => change(null)} />
          )
        })}
      </ul>
      {first && (
        <div className="bar tight" style={{ marginBlockStart: 6 }}>
          <Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={16} />} onClick={() => add(ruleFor(first))}>
            {t('condition.add')}
          </Button>
          {mayNest(depth) && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconBracketsContain size={16} />}
              onClick={() => add(innerGroup(group, first))}
            >
              {t('condition.add_group')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

/** When a row holds: its conditions and groups of them. */
export function ConditionList(props: Omit<GroupProps, 'depth'>) {
  const { t } = useTranslation('decisions')
  const { group, onChange } = props
  return (
    <fieldset className="choices">
      <legend>{t('condition.title')}</legend>
      <div style={{ marginBlockEnd: 8 }}>
        <Combining group={group} depth={1} onChange={onChange} />
      </div>
      {group.rules.length === 0 && <p className="soft small">{t('condition.none_yet')}</p>}
      <Group {...props} depth={1} />
    </fieldset>
  )
}
