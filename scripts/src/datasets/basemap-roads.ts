import type { Position } from 'geojson';
import type { BasemapFeature, BasemapProperties } from '../basemap/basemap-schema.ts';
import type { Road } from './place-on-streets.ts';

const CLASS_OF: Readonly<Record<string, string>> = { unclassified: 'residential', living_street: 'residential' };

/** The streets as the basemap draws them: each once and not per direction, sections of one street joined for its label. */
export function basemapRoads(roads: readonly Road[]): BasemapFeature[] {
  const directions = new Set(roads.map(({ properties }) => `${properties.frm} ${properties.to} ${properties.name}`));
  const sectionsOf = Map.groupBy(
    roads.filter(({ properties: { frm, to, name } }) => frm < to || !directions.has(`${to} ${frm} ${name}`)),
    ({ properties }) =>
      JSON.stringify(drawingOf(properties, directions.has(`${properties.to} ${properties.frm} ${properties.name}`))),
  );
  return [...sectionsOf].flatMap(([drawing, sections]) =>
    joinLines(sections.map(({ geometry }) => geometry.coordinates)).map(
      (coordinates): BasemapFeature => ({
        type: 'Feature',
        properties: JSON.parse(drawing),
        geometry: { type: 'LineString', coordinates },
      }),
    ),
  );
}

function drawingOf({ highway, name, layer }: Road['properties'], twoWay: boolean): BasemapProperties {
  const base = highway.replace('_link', '');
  const drawing: BasemapProperties = { class: CLASS_OF[base] ?? base };
  if (name !== null) drawing.name = name;
  if (base !== highway) drawing.link = true;
  if (layer !== 'ground') drawing[layer] = true;
  if (!twoWay) drawing.oneway = true;
  return drawing;
}

/** Joins lines end to start, greedily, as long as exactly one continues. */
function joinLines(lines: readonly Position[][]): Position[][] {
  const byStart = Map.groupBy(lines, (line) => String(line[0]));
  const byEnd = Map.groupBy(lines, (line) => String(line[line.length - 1]));
  const onlyOne = (map: Map<string, Position[][]>, point: Position): Position[] | undefined => {
    const candidates = map.get(String(point));
    return candidates?.length === 1 ? candidates[0] : undefined;
  };
  const follows = (line: Position[]): boolean => {
    const before = onlyOne(byEnd, line[0]);
    return before !== undefined && before !== line && onlyOne(byStart, line[0]) === line;
  };
  const used = new Set<Position[]>();
  const joined: Position[][] = [];
  // Closed chains have no first line: the second round starts them anywhere.
  for (const line of [...lines.filter((candidate) => !follows(candidate)), ...lines]) {
    if (used.has(line)) continue;
    const chain = [...line];
    used.add(line);
    for (;;) {
      const end = chain[chain.length - 1];
      const next = onlyOne(byStart, end);
      if (next === undefined || used.has(next) || !follows(next)) break;
      used.add(next);
      chain.push(...next.slice(1));
    }
    joined.push(chain);
  }
  return joined;
}
