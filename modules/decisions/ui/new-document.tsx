import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { USUAL_TABLE } from '../../deals/usual-table.ts'
import { TRACKS } from '../../partners/rules.ts'
import { useRegions } from '../../partners/ui/choices.ts'
import type { RuleDocument } from '../contract.ts'
import { USUAL_CLAUSES } from '../usual-clauses.ts'
import { USUAL_TITLES } from '../usual-titles.ts'
import { kindKey } from './kind-key.ts'
import { useTitleToKeep } from './usual-words.ts'

/** The usual text of each kind, of which every reader gets what nobody changes in their own language. */
const USUAL: Record<RuleDocument['kind'], unknown> = {
  'deals.review': USUAL_TABLE,
  'deals.terms': {},
  engagement: { clauses: USUAL_CLAUSES },
}
const KINDS = ['deals.review', 'deals.terms', 'engagement'] as const

/** Begins a rule document with the usual text of its kind, for everybody or for a part of the ecosystem. */
export function NewDocument({ kind: wanted, onClose }: { kind: string; onClose: () => void }) {
  const { t } = useTranslation(['decisions', 'partners'])
  const { go } = useGo()
  const act = useAct()
  const regions = useRegions()
  const titleToKeep = useTitleToKeep()
  const draft = useWrite(api.decisions.draft)
  const [kind, setKind] = useState<RuleDocument['kind']>(KINDS.find((one) => one === wanted) ?? 'deals.review')
  const [title, setTitle] = useState('')
  const [scope, setScope] = useState('ecosystem:')
  const scopes = [
    { value: 'ecosystem:', label: t('scope.all') },
    ...regions.map((one) => ({ value: `region:${one.value}`, label: t('scope.region', { name: one.label }) })),
    ...TRACKS.map((one) => ({ value: `track:${one}`, label: t('scope.track', { name: t(`partners:track.${one}`) }) })),
  ]
  const begin = async () => {
    const [where = 'ecosystem', value = ''] = scope.split(':')
    const input = {
      kind,
      title: titleToKeep(title.trim()) || USUAL_TITLES[kind],
      // The choices above know no other kind of scope.
      scope: { kind: where as RuleDocument['scope']['kind'], value: value || null },
      body: USUAL[kind] as never,
    }
    const make = async () => go(`rule-documents/${(await draft.mutateAsync(input)).id}?do=edit`)
    if (await act.run(make)) onClose()
  }
  return (
    <AskSheet
      title={t('new.title')}
      doing={t('new.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void begin()}
    >
      <p className="soft">{t('new.text')}</p>
      <Select
        label={t('field.kind')}
        description={t(`kind_text.${kindKey(kind)}`)}
        data={KINDS.map((value) => ({ value, label: t(`kind.${kindKey(value)}`) }))}
        allowDeselect={false}
        value={kind}
        onChange={(value) => value && setKind(value)}
      />
      <Select
        label={t('field.scope')}
        data={scopes}
        searchable
        allowDeselect={false}
        value={scope}
        onChange={(value) => value && setScope(value)}
      />
      <TextInput
        label={t('field.title')}
        placeholder={t(`kind.${kindKey(kind)}`)}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
    </AskSheet>
  )
}
