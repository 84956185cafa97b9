import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ask } from './ask.ts'
import { AskSheet, Sheet } from './kit/sheet.tsx'
import { useErrorText } from './kit/states.tsx'
import { type Demo, signOut } from './session.ts'

/** How far it is, as the server tells it; while it wipes the old world it may not answer at all. */
function Telling() {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['demo-telling'],
    queryFn: () => ask<Demo>('GET', '/demo').catch(() => null),
    refetchInterval: 700,
    gcTime: 0,
  })
  const share = data?.telling ?? 0
  return (
    <div className="stack" style={{ gap: 8 }}>
      <p id="telling">{t('demo.telling')}</p>
      <progress className="telling" aria-labelledby="telling" max={1} value={share} />
      <p className="soft small figure" role="status">
        {t('demo.told', { percent: Math.round(share * 100) })}
      </p>
    </div>
  )
}

/** Asks once, puts the world back, and leads to the door: nobody's sign-in outlives it. */
export function DemoReset({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const errorText = useErrorText()
  const [isBusy, setBusy] = useState(false)
  const [failure, setFailure] = useState('')
  const reset = async () => {
    setBusy(true)
    setFailure('')
    try {
      await ask('POST', '/demo/reset', {})
      await signOut()
    } catch (error) {
      setFailure(errorText(error))
      setBusy(false)
    }
  }
  if (isBusy)
    return (
      <Sheet title={t('demo.reset_title')} onClose={() => undefined} isHeld>
        <Telling />
      </Sheet>
    )
  return (
    <AskSheet
      title={t('demo.reset_title')}
      doing={t('demo.reset_do')}
      onClose={onClose}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => void reset()}
      isGrave
    >
      <p>{t('demo.reset_text')}</p>
    </AskSheet>
  )
}
