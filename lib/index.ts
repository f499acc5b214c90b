/** What the package `@aed/cdk` exports. */
export type { DetectorOptions } from '@aed/core';
export type { FieldNames } from '../lambda/field-settings.ts';
export type { EventBusParts } from './bus/event-bus.ts';
export { ChangePointDetection, type ChangePointDetectionProps } from './change-point-detection.ts';
export type { DestinationsOptions } from './destinations.ts';
export type { Detection, DetectionOptions } from './detection.ts';
export type { Ingestion, IngestionProps } from './ingestion.ts';
export type { Monitoring, MonitoringOptions } from './monitoring.ts';
export type { NetworkProps } from './network.ts';
export type { People, PeopleOptions } from './people.ts';
export type { RecordStreamProps } from './record-stream.ts';
export type { RulesTableProps } from './rules-table.ts';
export type { ChangePointsTableProps, EventsTableProps } from './service-tables.ts';
export type { StorageProps } from './storage.ts';
export type { TableCapacityProps } from './table-capacity.ts';
export { changePointsTableSchema, eventsTableSchema, rulesTableSchema } from './table-schemas.ts';
