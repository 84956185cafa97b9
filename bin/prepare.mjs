// What every command does first: a Node that runs TypeScript, and the packages of the lock file.
// Plain JavaScript that parses on Node 20. Safe to run twice at once: the installs take turns behind a lock folder.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const cache = join(root, '.cache')
const NODE = '24.21.0'

const [major, minor] = process.versions.node.split('.').map(Number)
const recent = major > 22 || (major === 22 && minor >= 18)

/** Runs a command with the terminal's streams and resolves with its exit code. Signals are passed on. */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, ...options })
    const pass = (signal) => child.kill(signal)
    process.on('SIGINT', pass)
    process.on('SIGTERM', pass)
    child.on('error', (error) => {
      console.error(`Could not run ${command}: ${error.message}`)
      resolve(1)
    })
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0)))
  })
}

function npm(args, title) {
  console.error(title)
  const shell = process.platform === 'win32'
  const done = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', shell })
  if (done.status === 0) return
  if (done.error?.code === 'ENOENT') {
    console.error(
      'There is no npm in PATH, and Rialto fetches its packages with it. Install it (Node from nodejs.org has it, some systems keep it in a package npm), then run the command again.',
    )
    process.exit(1)
  }
  console.error(done.stderr ?? String(done.error))
  console.error(`npm ${args[0]} failed. Check the network and the npm registry, then run the command again; nothing is lost.`)
  process.exit(1)
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Holds .cache/NAME.lock while `work` runs; a lock left by a dead process is taken over. */
export function locked(name, work) {
  mkdirSync(cache, { recursive: true })
  const lock = join(cache, `${name}.lock`)
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      let owner = 0
      try {
        owner = Number(readFileSync(join(lock, 'pid'), 'utf8'))
      } catch {
        // The owner has not written its pid yet; a lock without one for ten seconds is a leftover.
        if (existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 10_000) owner = -1
      }
      if (owner === -1 || (owner > 0 && !alive(owner))) rmSync(lock, { recursive: true, force: true })
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
    }
  }
  writeFileSync(join(lock, 'pid'), String(process.pid))
  try {
    return work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function newerNode() {
  const home = join(cache, 'node')
  const binary = join(home, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (!existsSync(binary)) {
    locked('node', () => {
      if (existsSync(binary)) return
      mkdirSync(home, { recursive: true })
      writeFileSync(join(home, 'package.json'), '{"private":true}\n')
      npm(
        ['install', '--prefix', home, '--no-save', '--no-audit', '--no-fund', '--loglevel=error', `node@${NODE}`],
        `Node ${process.versions.node} is older than Rialto needs: fetching Node ${NODE} into .cache (once)`,
      )
    })
  }
  return binary
}

async function packages(first) {
  const folder = join(root, 'node_modules')
  const stamp = join(folder, '.rialto-lock')
  const want = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  const have = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === want
  if (have()) return
  await first()
  // Through a link, npm would empty a folder that others use.
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error(
      `node_modules is a link, and what it leads to is not what package-lock.json names. Remove the link, then run the command again.`,
    )
    process.exit(1)
  }
  locked('install', () => {
    if (have()) return
    npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages (once)')
    writeFileSync(stamp, want)
  })
}

/**
 * Makes the machine ready, re-running this very command under a newer Node where the current one is too old. `first` runs under that one,
 * before packages are fetched, where they have to be.
 */
export async function prepare(first = async () => {}) {
  if (!recent) {
    const binary = newerNode()
    const path = dirname(binary) + delimiter + (process.env.PATH ?? '')
    process.exit(
      await run(binary, [...process.execArgv, ...process.argv.slice(1)], {
        env: { ...process.env, PATH: path },
        cwd: process.cwd(),
      }),
    )
  }
  await packages(first)
}
