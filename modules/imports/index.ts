import { clock, defineModule, job, serve } from '../../kernel/module.ts'
import { checkRows } from './check-rows.ts'
import * as contract from './contract.ts'
import { forgetDue, forgetFile } from './forget-file.ts'
import { listKinds } from './kinds.ts'
import { mapImport } from './map-import.ts'
import { getImport, getPreview, listImports, listRows } from './queries.ts'
import { readFile } from './read-file.ts'
import { runRows } from './run-rows.ts'
import { cancelImport, checkImport, runImport, undoImport } from './start-import.ts'
import { undoRows } from './undo-rows.ts'
import { uploadImport } from './upload-import.ts'

export const imports = defineModule('imports', {
  routes: [
    serve(contract.kinds, listKinds),
    serve(contract.list, listImports),
    serve(contract.get, getImport),
    serve(contract.upload, uploadImport),
    serve(contract.map, mapImport),
    serve(contract.check, checkImport),
    serve(contract.preview, getPreview),
    serve(contract.run, runImport),
    serve(contract.cancel, cancelImport),
    serve(contract.undo, undoImport),
    serve(contract.rows, listRows),
  ],
  jobs: [
    job('imports.read', readFile),
    job('imports.check', checkRows),
    job('imports.run', runRows),
    job('imports.undo', undoRows),
    job('imports.forget', forgetFile),
  ],
  clocks: [clock('imports.forget', forgetDue)],
})
