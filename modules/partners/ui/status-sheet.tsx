import { Select, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { SUSPEND_REASONS, TERMINATE_REASONS } from '../rules.ts'
import type { Partner } from '../shapes.ts'
import type { Move } from './partner-actions.tsx'

type SuspendReason = (typeof SUSPEND_REASONS)[number]
type TerminateReason = (typeof TERMINATE_REASONS)[number]
const REASONS: Partial<Record<Move, readonly string[]>> = { suspend: SUSPEND_REASONS, terminate: TERMINATE_REASONS }

/** Moves a partnership on, with the reason that the partner reads. */
export function StatusSheet({ move, partner, onClose }: { move: Move; partner: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const act = useAct()
  const [reason, setReason] = useState<string | null>(null)
  const [text, setText] = useState('')
  const at = { version: partner.version, also: ['deals', 'access'] }
  const activate = useWrite(api.partners.activate, at)
  const reinstate = useWrite(api.partners.reinstate, at)
  const suspend = useWrite(api.partners.suspend, at)
  const terminate = useWrite(api.partners.terminate, at)
  const reasons = REASONS[move]
  const input = { id: partner.id, text: text.trim() }
  const send: Record<Move, () => Promise<unknown>> = {
    activate: () => activate.mutateAsync(input),
    reinstate: () => reinstate.mutateAsync(input),
    suspend: () => suspend.mutateAsync({ ...input, reason: reason as SuspendReason }),
    terminate: () => terminate.mutateAsync({ ...input, reason: reason as TerminateReason }),
  }
  const submit = async () => {
    if (reasons && !reason) return act.fail(t('move.reason_needed'), 'reason')
    if (await act.run(send[move], t(`move.${move}_done`, { name: partner.name }))) onClose()
  }
  return (
    <AskSheet
      title={t(`move.${move}`, { name: partner.name })}
      doing={t(`do.${move}`)}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
      isGrave={Boolean(reasons)}
    >
      <p className="soft">{t(`move.${move}_text`, { name: partner.name })}</p>
      {reasons && (
        <Select
          label={t('move.reason')}
          data={reasons.map((value) => ({ value, label: t(`reason.${value}`) }))}
          value={reason}
          onChange={setReason}
          error={act.issues.reason}
          data-autofocus
        />
      )}
      <Textarea
        label={t('move.words')}
        description={t('move.words_text')}
        autosize
        minRows={3}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </AskSheet>
  )
}
