import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { Shelf } from './files.ts'

/**
 * A bucket by its address: `https://KEY:SECRET@host/bucket/prefix?region=eu-central-1` for any S3 server, or `s3://bucket/prefix?region=…`
 * for Amazon's with the machine's own credentials.
 */
export function openBucket(address: string, checked: (key: string) => string): Shelf {
  const url = new URL(address)
  const isAmazon = url.protocol === 's3:'
  const path = url.pathname.split('/').filter(Boolean)
  const [Bucket, ...prefix] = isAmazon ? [url.hostname, ...path] : path
  if (!Bucket) throw new Error('S3_URL names no bucket: write it as https://KEY:SECRET@host/bucket')
  const given = url.username
    ? { credentials: { accessKeyId: decodeURIComponent(url.username), secretAccessKey: decodeURIComponent(url.password) } }
    : {}
  const client = new S3Client({
    region: url.searchParams.get('region') ?? 'us-east-1',
    ...(isAmazon ? {} : { endpoint: `${url.protocol}//${url.host}`, forcePathStyle: true }),
    ...given,
    // Servers other than Amazon's do not know the newer trailing checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  const at = (key: string) => ({ Bucket, Key: [...prefix, checked(key)].join('/') })
  return {
    path: null,
    move: async (from, key, size) => {
      await client.send(new PutObjectCommand({ ...at(key), Body: createReadStream(from), ContentLength: size }))
    },
    read: async (key) => {
      const { Body } = await client.send(new GetObjectCommand(at(key)))
      if (!(Body instanceof Readable)) throw new Error('The bucket gave no stream')
      return Body
    },
    remove: async (key) => {
      await client.send(new DeleteObjectCommand(at(key)))
    },
  }
}
