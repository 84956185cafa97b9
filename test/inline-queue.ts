import { sql } from 'kysely'
import type { Queue, Work } from '../kernel/jobs.ts'
import { silent } from '../kernel/log.ts'
import { asSystem, type House } from '../kernel/run.ts'
import { runJob } from '../kernel/worker.ts'

/** What the owner makes in each test database. */
export const jobsTable = (app: string): string[] => [
  'create schema testing',
  'create table testing.jobs (id bigint generated always as identity primary key, tenant_id uuid not null, job text not null, ref jsonb not null, after timestamptz)',
  `grant usage on schema testing to "${app}"`,
  `grant select, insert, update, delete on testing.jobs to "${app}"`,
]

/** A queue whose jobs are rows of the verb's own transaction and run when a test settles: no polling, no second connection. */
export const inlineQueue: Queue = {
  send: async (ctx, jobs) => {
    for (const { job, ref, after } of jobs) {
      await sql`insert into testing.jobs (tenant_id, job, ref, after) values (${ctx.tenant_id}, ${job}, ${JSON.stringify(ref)}::jsonb, ${after ?? null})`.execute(
        ctx.db,
      )
    }
  },
  work: async () => {},
  close: async () => {},
}

/** Runs the jobs that are due, one after another; a job that throws fails the test. Returns how many ran. */
export async function runJobs(house: House, tenants: readonly string[]): Promise<number> {
  let ran = 0
  for (const tenant_id of tenants) {
    for (;;) {
      const work = await asSystem(house, tenant_id, async (ctx) => {
        const { rows } = await sql<Work>`delete from testing.jobs where id = (select min(id) from testing.jobs
          where tenant_id = ${tenant_id} and (after is null or after <= ${ctx.now})) returning tenant_id, job, ref`.execute(
          ctx.db,
        )
        return rows[0]
      })
      if (!work) break
      await runJob(house, fetch, work, silent)
      ran += 1
    }
  }
  return ran
}
