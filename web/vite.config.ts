import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { firstChunks } from './chunks.ts'
import { writeFirst } from './first/write-first.ts'
import { homeWords } from './home-words.ts'
import { noCircles } from './no-circles.ts'

const api = process.env.RIALTO_API ?? 'http://127.0.0.1:3000'

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), homeWords, writeFirst, noCircles],
  // The server takes writes only from the host it is asked by, so that stays the page's own.
  server: { proxy: { '/api/': { target: api, changeOrigin: false } }, fs: { allow: ['..'] } },
  build: {
    outDir: process.env.RIALTO_WEB_OUT ?? '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\/|rolldown\/runtime/, priority: 5 },
            {
              name: 'tanstack',
              test: /node_modules\/@tanstack\/(react-router|router-core|history|react-query|query-core|store|react-store)\//,
              priority: 4,
            },
            // Few files: each request costs more than the bytes of a small part, and small files compress badly.
            { name: 'kit', tags: ['$initial'], test: /^(?!.*(node_modules\/zod|\/lang\/|\.json))/, priority: 3 },
            { ...firstChunks(), priority: 2 },
            { name: 'sheets', test: /@mantine\/core\/.*\/(Modal|Drawer)\//, priority: 1.7 },
            {
              name: 'work',
              minShareCount: 2,
              test: /^(?!.*(node_modules\/zod|\/lang\/|\.json))/,
              priority: 0.4,
              entriesAware: true,
              entriesAwareMergeThreshold: 3000,
            },
          ],
        },
      },
    },
  },
})
