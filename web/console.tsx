import {
  IconAdjustments,
  IconAffiliate,
  IconBuildingBank,
  IconChartDots,
  IconHome,
  IconLayoutKanban,
  IconRuler2,
  IconSchool,
  IconSettings,
  IconSpeakerphone,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Frame, type PlaceIcons } from './frame.tsx'
import { pagesOf } from './pages.ts'

const icons: PlaceIcons = {
  home: IconHome,
  partners: IconAffiliate,
  pipeline: IconLayoutKanban,
  programme: IconRuler2,
  enablement: IconSchool,
  marketing: IconSpeakerphone,
  money: IconBuildingBank,
  insights: IconChartDots,
  studio: IconAdjustments,
  settings: IconSettings,
}
const pages = pagesOf('inner')

/** The host's side. */
export function Console({ children }: { children: ReactNode }) {
  return (
    <Frame side="inner" icons={icons} all={pages}>
      {children}
    </Frame>
  )
}
