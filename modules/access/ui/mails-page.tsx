import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useRead } from '../../../web/api.ts'
import { When } from '../../../web/kit/figures.tsx'
import { ListPage, useListInput } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { EmptyState, ErrorState, Waiting } from '../../../web/kit/states.tsx'
import type { MailRow as Contract } from '../shapes.ts'

type MailRow = ReturnType<(typeof Contract)['parse']>
const KEYS: string[] = []

function Letter({ id }: { id: string }) {
  const { t } = useTranslation('access')
  const { data, error } = useRead(api.access.get_mail, { id })
  if (error) return <ErrorState error={error} />
  if (!data) return <Waiting rows={6} />
  return (
    <div className="stack" style={{ gap: 12 }}>
      <div>
        <h2>{data.subject}</h2>
        <p className="soft small">
          {data.to_address} · <When at={data.created_at} as="moment" />
        </p>
      </div>
      {data.html ? (
        <iframe
          title={data.subject ?? t('mails.letter')}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={`<base target="_blank">${data.html}`}
          style={{ border: 0, inlineSize: '100%', blockSize: '60vh', background: '#fff', borderRadius: 'var(--corner)' }}
        />
      ) : (
        <p style={{ whiteSpace: 'pre-line' }}>{data.plain}</p>
      )}
    </div>
  )
}

function useColumns(): Column<MailRow>[] {
  const { t } = useTranslation('access')
  return [
    { key: 'to', title: t('mails.to'), cell: (one) => one.to_address, narrow: 'lead' },
    { key: 'subject', title: t('mails.subject'), cell: (one) => one.subject ?? one.template },
    { key: 'state', title: t('field.state'), cell: (one) => t(`mails.state_${one.state}`) },
    { key: 'at', title: t('mails.at'), cell: (one) => <When at={one.created_at} as="ago" />, sort: 'created_at', end: true },
  ]
}

/** The mails of this ecosystem as a mailbox; without a mail server they stay here. */
export function MailsPage() {
  const { t } = useTranslation('access')
  const columns = useColumns()
  const input = useListInput(KEYS)
  const listed = useList(api.access.list_mails, { ...input, limit: 50 } as never)
  const csv = useMemo(() => csvAddress(api.access.list_mails, input), [input])
  const shape: ListShape<MailRow> = {
    title: t('mails.title'),
    csv,
    columns,
    id: (one) => one.id,
    label: (one) => one.subject ?? one.to_address,
    renderPeek: (one) => <Letter id={one.id} />,
    empty: <EmptyState title={t('mails.empty')}>{t('mails.empty_text')}</EmptyState>,
  }
  return <ListPage shape={shape} listed={listed} />
}
