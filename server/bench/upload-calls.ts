import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createSeededRandom } from '@xunfang/geo-data/numeric';

/**
 * Run as a program, so that its memory is not the server's: `upload-calls.ts FILE ROWS BASE_URL AUTHORIZATION` writes a year of
 * calls as a dispatch system exports them (in order of time, minutes, GCJ-02 to six decimals, Chinese texts), uploads
 * them and prints the answer and the seconds the upload took.
 */
const [path, rowCount] = [process.argv[2], Number(process.argv[3])];
const [baseUrl, authorization] = process.argv.slice(4);
const random = createSeededRandom(42);
const categories = ['盗窃', '打架', '交通事故', '噪音扰民', '家庭纠纷'];
function* lines() {
  yield '报警时间,类别,经度,纬度,地址\n';
  for (let from = 0; from < rowCount; from += 10_000) {
    let text = '';
    for (let row = from; row < from + 10_000; row++) {
      const at = new Date(Date.UTC(2024, 0, 1) + row * 31_000).toISOString();
      const lon = (104.04 + 0.00244 + (random.uniform() - 0.5) * 0.09).toFixed(6);
      const lat = (30.64 - 0.00248 + (random.uniform() - 0.5) * 0.09).toFixed(6);
      const category = categories[Math.floor(random.uniform() * categories.length)];
      text += `${at.slice(0, 10)} ${at.slice(11, 16)},${category},${lon},${lat},武侯区某路${Math.floor(random.uniform() * 900)}号\n`;
    }
    yield text;
  }
}
await pipeline(Readable.from(lines()), createWriteStream(path));

const started = performance.now();
const answer = await fetch(`${baseUrl}/api/imports?fileName=calls.csv`, {
  method: 'POST',
  body: Readable.toWeb(createReadStream(path)),
  duplex: 'half',
  headers: { authorization, 'content-type': 'application/octet-stream' },
});
process.stdout.write(
  JSON.stringify({ uploaded: await answer.json(), uploadSeconds: (performance.now() - started) / 1000 }),
);
