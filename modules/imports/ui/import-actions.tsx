import {
  IconArrowBackUp,
  IconArrowRight,
  IconColumns,
  IconEye,
  IconPlayerPlay,
  IconPlayerStop,
  IconUpload,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { Actions, type NextAction } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useErrorText } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import { STATE } from '../rules.ts'
import { type Import, useKinds } from './import-words.ts'

const ICONS = { map: IconColumns, check: IconEye, run: IconPlayerPlay, cancel: IconPlayerStop, undo: IconArrowBackUp }
const REFRESHED = ['partners', 'accounts', 'deals']

/** Where the rows of a kind are found. */
const LISTS: Record<string, string> = {
  partners: 'partners',
  people: 'people?state=invited',
  accounts: 'accounts',
  opportunities: 'opportunities',
  deals: 'deals',
}

/** Where it goes on from here: to what came in, or to another file where this one is of no use. */
function useWays(one: Import): NextAction[] {
  const { t } = useTranslation('imports')
  const { go } = useGo()
  const isUseless = one.state === 'unreadable' || (one.state === 'mapping' && one.missing.length > 0)
  const list = LISTS[one.kind]
  if (isUseless) {
    const again = () => go(`imports/new?kind=${one.kind}`)
    return [{ key: 'again', label: t('do.other'), icon: IconUpload, isMain: one.state === 'unreadable', onDo: again }]
  }
  if (one.state !== 'done' || !list || one.created + one.changed + one.unchanged === 0) return []
  return [{ key: 'show', label: t(`do.show_${one.kind}`), icon: IconArrowRight, isMain: true, onDo: () => go(list) }]
}

/** What can be done with an import now; the state table says it. */
export function ImportActions({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const { fieldLabel } = useKinds()
  const act = useAct()
  const errorText = useErrorText()
  const ways = useWays(one)
  const [isAsking, setAsking] = useState(false)
  const verbs = {
    map: useWrite(api.imports.map),
    check: useWrite(api.imports.check),
    run: useWrite(api.imports.run, { also: REFRESHED }),
    cancel: useWrite(api.imports.cancel),
    undo: useWrite(api.imports.undo, { also: REFRESHED }),
  }
  if (!can('imports.run')) return null
  const missing = one.missing.map((field) => fieldLabel(one.kind, field)).join(', ')
  const actions = (['cancel', 'undo', 'map', 'check', 'run'] as const)
    .filter(
      (verb) =>
        STATE.can(one.state, verb) &&
        !((verb === 'map' && one.state === 'mapping') || (verb === 'check' && one.state === 'checked')),
    )
    .map(
      (verb): NextAction => ({
        key: verb,
        label: t(verb === 'run' && one.started_at ? 'do.go_on' : `do.${verb}`),
        icon: ICONS[verb],
        reason: (verb === 'run' || verb === 'check') && missing ? t('do.missing', { fields: missing }) : null,
        isMain: verb === (one.state === 'mapping' ? 'check' : 'run'),
        isGrave: verb === 'undo',
        loading: verbs[verb].isPending,
        onDo: () =>
          verb === 'undo' ? setAsking(true) : verbs[verb].mutate({ id: one.id }, { onError: (error) => toast(errorText(error)) }),
      }),
    )
  return (
    <>
      <Actions actions={[...actions, ...ways]} />
      {isAsking && (
        <AskSheet
          title={t('undo.title')}
          doing={t('do.undo')}
          isGrave
          isBusy={act.isBusy}
          failure={act.failure}
          onClose={() => setAsking(false)}
          onSubmit={() => void act.run(() => verbs.undo.mutateAsync({ id: one.id })).then((isDone) => isDone && setAsking(false))}
        >
          <p>{t('undo.text', { count: one.created + one.changed })}</p>
        </AskSheet>
      )}
    </>
  )
}
