import type { AtomSet, BeatPlan } from '@xunfang/geo-data/beats';
import type { AreaFigures, Bilingual, Place, PlanSummary } from '@xunfang/geo-data/contract';
import type { MultiPolygon, Polygon } from 'geojson';
import type { CellLoad } from '../plan-design.ts';

/** What the worker makes a plan book of. Plain data: it crosses to another thread. */
export interface BookOrder {
  language: 'zh' | 'en';
  bureau: BookBureau;
  plan: BookPlan;
  zones: BookArea[];
  beats: BookArea[];
  places: Omit<Place, 'id'>[];
  /** null: the bureau has no streets. */
  roadsFile: string | null;
  /** null: the bureau has other atoms by now. */
  response: ResponseGround | null;
}

export interface BookBureau {
  name: Bilingual;
  timeZone: string;
  attribution: string;
  demonstration: boolean;
  boundary: Polygon | MultiPolygon;
}

export type BookPlan = Pick<
  PlanSummary,
  'name' | 'version' | 'state' | 'shift' | 'dutyLevel' | 'effectiveFrom' | 'effectiveTo'
> & {
  resolution: number;
  createdBy: string;
  submittedBy: string | null;
  approvedBy: string | null;
  approvedAt: string | null;
  /** When it was last edited or came a step further: the date of the book. */
  revisedAt: string;
  basis: { incidentsFrom: string; incidentsTo: string; incidentCount: number; tolerance: number };
};

export interface BookArea {
  number: number;
  /** Of a beat; its own of a zone. */
  zoneNumber: number;
  name: Bilingual;
  colour: number;
  labelAt: [lon: number, lat: number];
  boundary: MultiPolygon;
  /** Empty where a plan came without. */
  figures: Partial<AreaFigures>;
}

export interface ResponseGround {
  atoms: AtomSet;
  plan: BeatPlan;
  /** Of the plan's beats, in their order. */
  numbers: number[];
  load: CellLoad;
  hours: number;
}
