import { type Job, runJob } from './job.ts'

addEventListener('message', async (event: MessageEvent<Job>) => postMessage(await runJob(event.data)))
