import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '../../../web/api.ts'
import { Section } from '../../../web/kit/record-page.tsx'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import { TRACKS } from '../rules.ts'
import type { Partner } from '../shapes.ts'

function TracksSheet({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const { t } = useTranslation('partners')
  const act = useAct()
  const write = useWrite(api.partners.set_tracks, { version: partner.version })
  const [tiers, setTiers] = useState<Partial<Record<string, string>>>(
    Object.fromEntries(partner.tracks.map(({ track, tier }) => [track, tier])),
  )
  const put = (track: string, tier: string | undefined) => setTiers((was) => ({ ...was, [track]: tier }))
  const submit = async () => {
    const tracks = TRACKS.flatMap((track) => {
      const tier = tiers[track]
      return tier === undefined ? [] : [{ track, tier: tier.trim() }]
    })
    if (await act.run(() => write.mutateAsync({ id: partner.id, tracks }), t('tracks.done', { name: partner.name }))) onClose()
  }
  return (
    <AskSheet
      title={t('tracks.title', { name: partner.name })}
      doing={t('tracks.do')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <p className="soft">{t('tracks.text')}</p>
      <ul style={{ display: 'grid', gap: 8 }}>
        {TRACKS.map((track) => (
          <li
            key={track}
            style={{
              display: 'grid',
              gridTemplateColumns: 'minmax(0, 1fr) 160px',
              gap: 12,
              alignItems: 'center',
              minBlockSize: 36,
            }}
          >
            <Checkbox
              label={t(`track.${track}`)}
              checked={tiers[track] !== undefined}
              onChange={(event) => put(track, event.currentTarget.checked ? '' : undefined)}
            />
            {tiers[track] !== undefined && (
              <TextInput
                size="xs"
                aria-label={t('tracks.tier_of', { track: t(`track.${track}`) })}
                placeholder={t('tracks.tier')}
                value={tiers[track] ?? ''}
                onChange={(event) => put(track, event.currentTarget.value)}
              />
            )}
          </li>
        ))}
      </ul>
    </AskSheet>
  )
}

/** What the partner does for the host's customers, each with its tier. */
export function PartnerTracks({ partner }: { partner: Partner }) {
  const { t } = useTranslation('partners')
  const can = useCan()
  const [isOpen, setOpen] = useState(false)
  const change = can('partners.set_tracks') && !partner.merged_into_id && (
    <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
      {t('tracks.change')}
    </Button>
  )
  return (
    <Section title={t('field.tracks')} beside={change}>
      {partner.tracks.length === 0 ? (
        <p className="soft">{t('tracks.none')}</p>
      ) : (
        <ul className="tally">
          {partner.tracks.map(({ track, tier }) => (
            <li key={track} style={{ gridTemplateColumns: 'minmax(0, 1fr) auto' }}>
              <span>
                <span className="strong">{t(`track.${track}`)}</span>{' '}
                <span className="soft small">{t(`track_text.${track}`)}</span>
              </span>
              <span>{tier || <span className="soft">{t('tracks.no_tier')}</span>}</span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && <TracksSheet partner={partner} onClose={() => setOpen(false)} />}
    </Section>
  )
}
