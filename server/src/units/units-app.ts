import type { Module } from '../platform/index.ts';

/** The application as a module's routes see it: with the types of TypeBox schemas. */
export type UnitsApp = Parameters<Module>[0];
