import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconArrowRight, IconBolt, IconBuilding, IconFileText, IconSearch } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useRead } from './api.ts'
import type { Icon } from './kit/figures.tsx'
import { useGo } from './kit/go.tsx'
import { useHitWords } from './kit/hit-words.ts'
import { pagesOf, type Side } from './pages.ts'
import { useCan, useMe } from './session.ts'

const GROUPS = ['do', 'go', 'records'] as const

interface Found {
  group: (typeof GROUPS)[number]
  key: string
  title: string
  beside: string
  to: string
  icon: Icon
}

/** Everything that can be reached: things to begin, pages, other ecosystems. */
function useChoices(side: Side): Found[] {
  const { t } = useTranslation()
  const can = useCan()
  const { data: me } = useMe()
  const { slug } = useGo()
  const pages = pagesOf(side).filter((page) => can(page.permission))
  const commands = pages
    .flatMap((page) => page.commands ?? [])
    .filter((command) => can(command.permission))
    .map((command) => ({
      group: 'do' as const,
      key: `c${command.to}`,
      title: t(command.title),
      beside: '',
      to: command.to,
      icon: IconBolt,
    }))
  const places = pages
    .filter((page) => page.tab)
    .map((page) => ({
      group: 'go' as const,
      key: `p${page.path}`,
      title: t(page.title),
      beside: t(page.title) === t(`place.${page.place}`) ? '' : t(`place.${page.place}`),
      to: page.path,
      icon: page.icon ?? IconArrowRight,
    }))
  const ecosystems = (me?.ecosystems ?? [])
    .filter((one) => one.slug !== slug)
    .map((one) => ({
      group: 'go' as const,
      key: `e${one.slug}`,
      title: one.name,
      beside: t('ecosystem'),
      to: `/e/${one.slug}`,
      icon: IconBuilding,
    }))
  return [...commands, ...places, ...ecosystems]
}

/** Records of every module that the member may see, once two letters are typed. */
function useRecords(side: Side, text: string): Found[] {
  const { t } = useTranslation()
  const can = useCan()
  const words = useHitWords()
  const [q] = useDebouncedValue(text.trim(), 180)
  const { data } = useRead(api.home.search, { q }, { enabled: q.length > 1 && can('home.search') })
  const iconOf = (type: string) => pagesOf(side).find((page) => page.path === type)?.icon ?? IconFileText
  const paths = new Set(pagesOf(side).map((page) => page.path))
  if (q.length < 2) return []
  return (data?.items ?? [])
    .filter((hit) => paths.has(`${hit.type}/$id`))
    .map((hit) => ({
      group: 'records' as const,
      key: hit.id,
      title: hit.title || t(`${hit.type}:inbox.unnamed`),
      beside: words(hit),
      to: `${hit.type}/${hit.id}`,
      icon: iconOf(hit.type),
    }))
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

interface GroupProps {
  group: Found['group']
  found: Found[]
  active: number
  onAt: (i: number) => void
  onChoose: (one: Found) => void
}

/** Rows of one kind under their name. */
function Group({ group, found, active, onAt, onChoose }: GroupProps) {
  const { t } = useTranslation()
  if (!found.some((one) => one.group === group)) return null
  return (
    // A group of options is no fieldset.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div role="group" aria-label={t(`palette.${group}`)}>
      <div className="palette-group soft small" aria-hidden="true">
        {t(`palette.${group}`)}
      </div>
      {found.map((one, i) =>
        one.group === group ? (
          // The field above holds the focus and handles the keys, as a combobox does.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={one.key}
            id={`palette-${i}`}
            role="option"
            aria-selected={i === active}
            onClick={() => onChoose(one)}
            onMouseMove={() => onAt(i)}
          >
            <one.icon size={18} stroke={1.6} />
            <span>{one.title}</span>
            <span className="soft small push">{one.beside}</span>
          </div>
        ) : null,
      )}
    </div>
  )
}

/** Ctrl K: one field that finds pages and begins things. */
export function Palette({ side, onClose }: { side: Side; onClose: () => void }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const words = plain(text).split(/\s+/).filter(Boolean)
  const choices = useChoices(side).filter((one) => words.every((word) => plain(`${one.title} ${one.beside}`).includes(word)))
  const found = [...choices, ...useRecords(side, text)]
  const active = Math.min(at, found.length - 1)
  const choose = (one: Found | undefined) => {
    if (!one) return
    onClose()
    go(one.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      const next = (active + step + found.length) % Math.max(1, found.length)
      setAt(next)
      document.getElementById(`palette-${next}`)?.scrollIntoView({ block: 'nearest' })
    }
    if (event.key === 'Enter') choose(found[active])
  }
  return (
    <Modal.Root opened onClose={onClose} size={560} yOffset="12vh" padding={0}>
      <Modal.Overlay backgroundOpacity={0.4} color="#16222d" />
      <Modal.Content aria-label={t('find')}>
        <Modal.Body>
          <div className="palette-field">
            <IconSearch size={20} stroke={1.6} aria-hidden="true" />
            <input
              data-autofocus
              role="combobox"
              aria-label={t('find')}
              aria-expanded="true"
              aria-controls="palette-found"
              aria-activedescendant={found[active] ? `palette-${active}` : undefined}
              placeholder={t('find')}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setAt(0)
              }}
              onKeyDown={onKeyDown}
            />
            <kbd className="wide-only">Esc</kbd>
          </div>
          <div className="palette-found" id="palette-found" role="listbox" aria-label={t('palette.found')}>
            {GROUPS.map((group) => (
              <Group key={group} group={group} found={found} active={active} onAt={setAt} onChoose={choose} />
            ))}
            {found.length === 0 && (
              <p className="soft" style={{ padding: 16 }}>
                {t('palette.nothing', { text })}
              </p>
            )}
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
