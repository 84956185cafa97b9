import { defineModule, serve } from '../../kernel/module.ts'
import * as contract from './contract.ts'
import { convertAmount, planGaps } from './convert-at.ts'
import { importEcb } from './import-ecb.ts'
import { dismissJob, listParkedJobs, replayJob } from './parked-jobs.ts'
import { getEcosystem, listProducts, listRates, listRegions } from './queries.ts'
import { saveProduct } from './save-product.ts'
import { saveRate } from './save-rate.ts'
import { saveRegion } from './save-region.ts'
import { updateEcosystem } from './update-ecosystem.ts'

export const ecosystems = defineModule('ecosystems', {
  routes: [
    serve(contract.get, getEcosystem),
    serve(contract.update, updateEcosystem),
    serve(contract.list_regions, listRegions),
    serve(contract.save_region, saveRegion),
    serve(contract.list_products, listProducts),
    serve(contract.save_product, saveProduct),
    serve(contract.list_rates, listRates),
    serve(contract.save_rate, saveRate),
    serve(contract.import_ecb, importEcb),
    serve(contract.convert, convertAmount),
    serve(contract.plan_gaps, planGaps),
    serve(contract.parked_jobs, listParkedJobs),
    serve(contract.replay_job, replayJob),
    serve(contract.dismiss_job, dismissJob),
  ],
  refusals: {
    regions_parent: ['conflict', 'parent_code: this region does not exist; make it first'],
    region_countries_key: ['conflict', 'countries: one of them stands in another region; take it out there first'],
    rates_once: ['conflict', 'There is a rate of this kind, pair and day already'],
  },
})
