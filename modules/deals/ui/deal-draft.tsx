import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { useGo } from '../../../web/kit/go.tsx'
import { Waiting } from '../../../web/kit/states.tsx'
import { toast } from '../../../web/kit/toast.tsx'
import { useDraftForm } from '../../../web/kit/use-draft-form.ts'
import type { Deal } from '../shapes.ts'
import { RegistrationForm, RegistrationPage, useRegistered, useUsual, useValidation } from './deal-form.tsx'
import { DealSheet } from './deal-sheet.tsx'
import { changesOf, type DealValues, valuesOf } from './deal-values.ts'

function Draft({ deal, start }: { deal: Deal; start: DealValues }) {
  const { t } = useTranslation('deals')
  const { go } = useGo()
  const tell = useRegistered()
  const [isLeaving, setLeaving] = useState(false)
  const draft = useDraftForm<DealValues>(`deal.${deal.id}`, { initialValues: start, validate: useValidation() })
  const submit = useWrite(api.deals.submit, { version: deal.version, key: draft.writeKey })
  const edit = useWrite(api.deals.edit, { version: deal.version })
  const changes = (values: DealValues) => ({ id: deal.id, ...changesOf(values, valuesOf(deal, deal.currency)) })
  const send = async (values: DealValues) => {
    const registered = await submit.mutateAsync(changes(values))
    draft.forget()
    tell(registered)
  }
  const keep = async (values: DealValues) => {
    await edit.mutateAsync(changes(values))
    draft.forget()
    toast(t('form.kept'))
    go('deals', true)
  }
  return (
    <>
      <RegistrationForm draft={draft} onSend={send} onKeep={keep}>
        <p className="small soft">
          {t('why.draft')}{' '}
          <Button variant="subtle" color="red" size="compact-xs" onClick={() => setLeaving(true)}>
            {t('do.withdraw')}
          </Button>
        </p>
      </RegistrationForm>
      {isLeaving && <DealSheet kind="withdraw" deal={deal} onClose={() => setLeaving(false)} />}
    </>
  )
}

/** A kept draft is the form in which one goes on with it. */
export function DealDraft({ deal }: { deal: Deal }) {
  const usual = useUsual()
  if (!usual) return <Waiting rows={5} />
  const values = valuesOf(deal, usual.currency)
  return (
    <RegistrationPage>
      <Draft deal={deal} start={{ ...values, product: values.product || usual.product }} />
    </RegistrationPage>
  )
}
