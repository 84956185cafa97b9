import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from '../../../web/api.ts'
import { ecosystemHeader } from '../../../web/ask.ts'
import { Go } from '../../../web/kit/go.tsx'
import { numberText } from '../../../web/kit/locale.ts'
import { Note, Section } from '../../../web/kit/record-page.tsx'
import { isBusy } from '../rules.ts'
import { type Import, useReasons } from './import-words.ts'
import { Figures, OutcomeRows } from './outcome-rows.tsx'
import { useReadAgain } from './use-read-again.ts'

const PAGES: Record<string, string> = { partners: 'partners', accounts: 'accounts', deals: 'deals' }

/** Fetched with the header of the ecosystem, which a plain link cannot send. */
async function download(address: string, name: string): Promise<void> {
  const answer = await fetch(address, { headers: ecosystemHeader() })
  const url = URL.createObjectURL(await answer.blob())
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  URL.revokeObjectURL(url)
}

function Report({ kind, report }: { kind: string; report: Record<string, number> }) {
  const { t } = useTranslation('imports')
  const told = Object.entries(report).filter(([, count]) => count > 0)
  const nothing = t(`report.nothing_${kind}`, { defaultValue: '' })
  if (told.length === 0) return nothing ? <Note tone="good">{nothing}</Note> : null
  const isWell = told.every(([what]) => what === 'protected')
  return (
    <Note tone={isWell ? 'good' : 'waiting'}>
      <ul>
        {told.map(([what, count]) => (
          <li key={what}>{t(`report.${what}`, { count })}</li>
        ))}
      </ul>
    </Note>
  )
}

function Rows({ one, of, title, text }: { one: Import; of: Record<string, string>; title: string; text?: string }) {
  const { t } = useTranslation('imports')
  const why = useReasons(one.kind)
  const { data, refetch } = useRead(api.imports.rows, { id: one.id, limit: 50, ...of }, { every: isBusy(one.state) ? 2000 : 0 })
  useReadAgain(refetch, one.state)
  if (!data || data.items.length === 0) return null
  const address = `/api/imports/${one.id}/rows.csv?${new URLSearchParams(of)}`
  const to = PAGES[one.kind]
  return (
    <Section
      title={title}
      beside={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => void download(address, `${one.name}-${Object.values(of)[0]}.csv`)}
        >
          {t('result.download')}
        </Button>
      }
    >
      {text && <p className="soft">{text}</p>}
      <OutcomeRows
        label={title}
        rows={data.items.map((row) => ({
          ...row,
          key: row.id,
          title: row.record_id && to ? <Go to={`${to}/${row.record_id}`}>{row.title}</Go> : row.title,
          text: [why(row.issues), row.undo ? t(`undo.${row.undo}`) : ''].filter(Boolean).join(' · '),
        }))}
      />
      {data.next && <p className="soft small">{t('result.more')}</p>}
    </Section>
  )
}

/** What became of the rows: counts, what to know, refused rows to download, what an undo left. */
export function ResultPart({ one }: { one: Import }) {
  const { t } = useTranslation('imports')
  return (
    <>
      <Figures of={one} isDone />
      {(one.state === 'undone' || one.state === 'undoing') && (
        <Note>{t('undo.result', { undone: numberText(one.undone), kept: numberText(one.kept) })}</Note>
      )}
      {one.report && one.state === 'done' && <Report kind={one.kind} report={one.report} />}
      {one.kind === 'people' && one.state === 'done' && one.created > 0 && <Note tone="waiting">{t('result.people')}</Note>}
      {one.kept > 0 && <Rows one={one} of={{ undo: 'touched,in_use,refused' }} title={t('undo.kept')} />}
      {one.refused > 0 && (
        <Rows one={one} of={{ outcome: 'refused' }} title={t('result.refused')} text={t('result.refused_text')} />
      )}
      {one.created > 0 && one.state !== 'undone' && <Rows one={one} of={{ outcome: 'created' }} title={t('result.created')} />}
    </>
  )
}
