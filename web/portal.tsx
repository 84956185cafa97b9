import { IconBuildingBank, IconHeartHandshake, IconHome, IconPlant, IconSchool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Frame, type PlaceIcons } from './frame.tsx'
import { pagesOf } from './pages.ts'

const icons: PlaceIcons = {
  home: IconHome,
  deals: IconHeartHandshake,
  learn: IconSchool,
  grow: IconPlant,
  earnings: IconBuildingBank,
}
const pages = pagesOf('outer')

/** The partner's side: five places, never more. */
export function Portal({ children }: { children: ReactNode }) {
  return (
    <Frame side="outer" icons={icons} all={pages}>
      {children}
    </Frame>
  )
}
