import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { describe, expect, it } from 'vitest';
import { cellsToHex } from '../geometry/index.ts';
import { decodeIncidentBlock, encodeIncidentBlock } from './incident-block.ts';
import { createIncidentColumns, fillCells, type IncidentColumns, sortIncidentsByTime } from './incident-columns.ts';

interface Row {
  at: number;
  lon: number;
  lat: number;
  category: number;
}

function columnsOf(rows: readonly Row[], memory: 'own' | 'shared' = 'own'): IncidentColumns {
  const columns = createIncidentColumns(rows.length, memory);
  rows.forEach(({ at, lon, lat, category }, row) => {
    columns.occurredAtSeconds[row] = at;
    columns.lon[row] = lon;
    columns.lat[row] = lat;
    columns.category[row] = category;
  });
  fillCells(columns);
  return columns;
}

const row = fc.record({
  at: fc.integer({ min: 0, max: 0xffffffff }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  category: fc.integer({ min: 0, max: 0xffff }),
});

const golden: Row[] = [
  { at: 1_500_000_000, lon: 104.0625, lat: 30.5, category: 3 },
  { at: 1_500_000_060, lon: -87.5, lat: 41.875, category: 258 },
];

describe('incident columns', () => {
  it('sort by time and keep the order within a second', () => {
    fc.assert(
      fc.property(fc.array(row.map((r) => ({ ...r, at: r.at % 7 }))), (rows) => {
        const sorted = sortIncidentsByTime(columnsOf(rows));
        expect(sorted).toEqual(columnsOf(rows.toSorted((a, b) => a.at - b.at)));
      }),
    );
  });

  it('sort more rows than a key has room for', () => {
    const count = 2 ** 21 + 5;
    const columns = createIncidentColumns(count, 'shared');
    for (let i = 0; i < count; i++) columns.occurredAtSeconds[i] = (i * 2_654_435_761) >>> 0;
    const sorted = sortIncidentsByTime(columns, 'shared');
    expect(sorted.occurredAtSeconds).toEqual(columns.occurredAtSeconds.slice().sort());
    expect(sorted.lon.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('carry the cell h3 gives at resolution 11', () => {
    const columns = columnsOf(golden);
    const expected = golden.map(({ lat, lon }) => latLngToCell(lat, lon, 11));
    expect(cellsToHex({ hi: columns.cellHi, lo: columns.cellLo })).toEqual(expected);
  });
});

describe('incident block', () => {
  it('gives back what was put in, from own and from shared memory', () => {
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('own' as const, 'shared' as const), (rows, memory) => {
        const columns = columnsOf(
          rows.toSorted((a, b) => a.at - b.at),
          memory,
        );
        expect(decodeIncidentBlock(encodeIncidentBlock(columns))).toEqual(columns);
      }),
    );
  });

  it('has these bytes in version 1', () => {
    const bytes = new Uint8Array(encodeIncidentBlock(columnsOf(golden)));
    const lines = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, line) =>
      Array.from(bytes.subarray(line * 16, line * 16 + 16), (byte) => byte.toString(16).padStart(2, '0')).join(''),
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "5846494201002000020000005c000000",
        "002f68593c2f68590000000000000000",
        "0000000000045a400000000000e055c0",
        "0000000000803e400000000000f04440",
        "002f68593c2f68593c0eb4084c66b208",
        "ffef0565ffef080d03000201",
      ]
    `);
  });

  it('refuses columns out of order or of unequal length', () => {
    expect(() => encodeIncidentBlock(columnsOf(golden.toReversed()))).toThrow(
      'Incidents must ascend by time: row 1 has 1500000000 after 1500000060.',
    );
    const uneven = { ...columnsOf(golden), lat: new Float64Array(1) };
    expect(() => encodeIncidentBlock(uneven)).toThrow('Column lat has 1 rows when expected 2.');
  });

  it('refuses foreign, newer and cut blocks, naming what was expected', () => {
    const block = encodeIncidentBlock(columnsOf(golden));
    const spoiled = (offset: number, value: number): ArrayBuffer => {
      const copy = block.slice(0);
      new DataView(copy).setUint16(offset, value, true);
      return copy;
    };
    expect(() => decodeIncidentBlock(new ArrayBuffer(3))).toThrow('at least 32 bytes, got 3');
    expect(() => decodeIncidentBlock(spoiled(0, 0))).toThrow('expected 0x42494658');
    expect(() => decodeIncidentBlock(spoiled(4, 2))).toThrow('version 2 when expected 1');
    expect(() => decodeIncidentBlock(block.slice(0, -1))).toThrow('2 rows has 91 bytes when expected 92');
    expect(() => decodeIncidentBlock(spoiled(48 + 16 + 2, 0xffff))).toThrow('ascend by time');
  });
});
