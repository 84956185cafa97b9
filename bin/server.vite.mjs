// How dist/server is made of modules/start.ts and what it reads.
import { dirname, relative, sep } from 'node:path'
import { root } from './prepare.mjs'

const fromOut = (path) => `../../${relative(root, path).split(sep).join('/')}`

/** A source's own place stays where it was: threads, migrations and packages are found from there. */
const ownPlace = {
  name: 'own-place',
  transform(code, id) {
    if (id.startsWith('\0') || id.includes('node_modules') || !code.includes('import.meta')) return null
    return code
      .replaceAll('import.meta.dirname', `(import.meta.dirname + ${JSON.stringify(`/${fromOut(dirname(id))}`)})`)
      .replaceAll('import.meta.url', `new URL(${JSON.stringify(fromOut(id))}, import.meta.url).href`)
  },
}

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export.
export default {
  root,
  publicDir: false,
  plugins: [ownPlace],
  // Large, and read at a first use that most processes never have; or not there at all.
  ssr: { noExternal: true, external: ['mjml', 'exceljs', '@aws-sdk/client-s3', 'pg-native'] },
  build: {
    ssr: true,
    outDir: process.env.RIALTO_SERVER_OUT,
    emptyOutDir: true,
    target: 'node22',
    minify: false,
    rolldownOptions: { input: { start: 'modules/start.ts' }, output: { chunkFileNames: '[name]-[hash].js' } },
  },
}
