import { ActionIcon, Button, Popover, TextInput } from '@mantine/core'
import { IconBookmarkPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead, useWrite } from '../api.ts'
import { useAddress } from './go.tsx'
import type { View } from './list-shape.ts'
import { toast } from './toast.tsx'

interface Kept extends View {
  id: string
}

/** The reader's own views of this page, as the list's views want them. */
export function useSavedViews(page: string): Kept[] {
  const { data } = useRead(api.views.list, { page }, { enabled: page !== '' })
  return (data?.items ?? []).map(({ id, name, query }) => ({ id, label: name, query }))
}

/** Forgets a view of one's own; the toast brings it back. */
export function ForgetView({ page, view }: { page: string; view: Kept }) {
  const { t } = useTranslation()
  const save = useWrite(api.views.save)
  const remove = useWrite(api.views.remove, {
    onDone: () =>
      toast(t('list.view_forgotten', { name: view.label }), () => save.mutate({ page, name: view.label, query: view.query })),
  })
  return (
    <ActionIcon
      variant="subtle"
      size="sm"
      aria-label={t('list.forget_view', { name: view.label })}
      onClick={() => remove.mutate({ id: view.id })}
    >
      <IconX size={13} />
    </ActionIcon>
  )
}

/** Keeps the filters that are set now under a name. */
export function KeepView({ page, keys }: { page: string; keys: string[] }) {
  const { t } = useTranslation()
  const { values } = useAddress()
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const save = useWrite(api.views.save, {
    onDone: () => {
      setOpen(false)
      setName('')
    },
  })
  const query = Object.fromEntries([...keys, 'q', 'sort'].flatMap((key) => (values[key] ? [[key, values[key]]] : [])))
  if (Object.keys(query).length === 0) return null
  return (
    <Popover opened={open} onChange={setOpen} trapFocus withinPortal position="bottom-start">
      <Popover.Target>
        <Button
          variant="subtle"
          size="xs"
          fw={480}
          leftSection={<IconBookmarkPlus size={15} stroke={1.6} />}
          onClick={() => setOpen(!open)}
        >
          {t('list.keep_view')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className="bar"
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate({ page, name, query })
          }}
        >
          <TextInput
            required
            maxLength={60}
            aria-label={t('list.view_name')}
            placeholder={t('list.view_name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" loading={save.isPending}>
            {t('list.keep')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
