import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const found = () => PLACES.find((path) => existsSync(path)) ?? null
const apt = (...args: string[]) =>
  spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0

/** The browser of the journeys: CHROMIUM_PATH, the machine's own, or as root Debian's package. Never skipped: without one it throws. */
export function findBrowser(): string {
  const given = process.env.CHROMIUM_PATH
  if (given && !existsSync(given))
    throw new Error(`CHROMIUM_PATH=${given}: there is no such file. Name a Chromium, or leave it out.`)
  const here = given || found()
  if (here) return here
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('Installing the package chromium for the browser tests (once)')
    if (apt('update', '-qq')) apt('install', '-y', '-qq', '--no-install-recommends', 'chromium')
    const installed = found()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need Chromium. Install the package chromium (as root: apt-get install chromium), or name a browser in CHROMIUM_PATH.',
  )
}
