import { type LaidPlan, layPlanFile, type LayingOrder } from './lay-plan-file.ts';

export const run = (order: LayingOrder): LaidPlan => layPlanFile(order);
