import type { Item } from './partition.ts';

/** What a client has called, and what that costs. */
export interface Usage {
  /** Calls by the name of the operation. */
  readonly calls: Map<string, number>;
  readUnits: number;
  writeUnits: number;
  /** Bytes of the items that were read and written. */
  bytes: number;
  /** Processor time that the tables themselves took, in milliseconds: no part of what the client costs. */
  processorMs: number;
}

/** A call, before it has an effect. */
export interface TableCall {
  readonly operation: string;
  readonly input: TableInput;
}

export interface TableInput {
  readonly TableName: string;
  readonly Item?: Item;
  readonly Key?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeValues?: Item;
  readonly ExclusiveStartKey?: Item;
  readonly ScanIndexForward?: boolean;
  readonly Limit?: number;
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly RequestItems?: Readonly<Record<string, readonly WriteRequest[]>>;
}

/** A request as the client sends it. */
export interface SentRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface TablesAnswer {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

type WriteRequest = {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
};
