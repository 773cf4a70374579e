import { readFile } from 'node:fs/promises';
import type { MessagePort } from 'node:worker_threads';
import type { RoadEdgeCollection } from '@xunfang/geo-data/streets';
import type { BookOrder } from './book-order.ts';
import { drawBook } from './draw-book.ts';
import { prepareBook } from './prepare-book.ts';

export interface BookTask {
  order: BookOrder;
  /** Is told the bytes of the file as they come, then null. */
  out: MessagePort;
}

export async function run({ order, out }: BookTask): Promise<void> {
  try {
    const roads =
      order.roadsFile === null ? null : (JSON.parse(await readFile(order.roadsFile, 'utf8')) as RoadEdgeCollection);
    await drawBook(prepareBook(order, roads), (bytes) => out.postMessage(bytes));
    out.postMessage(null);
  } finally {
    out.close();
  }
}
