import { IconArrowBackUp, IconColumns, IconEye, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { Actions, type NextAction } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import { STATE } from '../rules.ts'
import { type Import, useKinds } from './import-words.ts'

const ICONS = { map: IconColumns, check: IconEye, run: IconPlayerPlay, cancel: IconPlayerStop, undo: IconArrowBackUp }
const REFRESHED = ['partners', 'accounts', 'deals']

/** What can be done with an import now; the state table says it. */
export function ImportActions({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  const can = useCan()
  const { fieldLabel } = useKinds()
  const act = useAct()
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
        onDo: () => (verb === 'undo' ? setAsking(true) : verbs[verb].mutate({ id: one.id })),
      }),
    )
  return (
    <>
      <Actions actions={actions} />
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
