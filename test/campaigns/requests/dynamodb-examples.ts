import { type Json, jsonExamples } from './example.ts';

const TableName = 'items';
const Key = { id: { S: 'a' } };
const Item = {
  ...Key,
  number: { N: '1.5' },
  bytes: { B: 'AAAA' },
  parts: { L: [{ S: 'x' }, { NULL: true }, { M: { y: { BOOL: false } } }] },
  texts: { SS: ['a', 'b'] },
  numbers: { NS: ['1', '2'] },
  many: { BS: ['AAAA'] },
};
const names = { '#n': 'number' };
const values = { ':n': { N: '1' } };
const tags = [{ Key: 'a', Value: 'b' }];
const ResourceArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/items';
const compared = { number: { AttributeValueList: [{ N: '1' }], ComparisonOperator: 'EQ' } };
const schema = {
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'n', AttributeType: 'N' },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byNumber',
      KeySchema: [{ AttributeName: 'n', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['a'] },
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    },
  ],
  ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
};

const bodies: readonly (readonly [string, Json])[] = [
  [
    'BatchGetItem',
    {
      RequestItems: {
        [TableName]: {
          Keys: [Key],
          ConsistentRead: true,
          ProjectionExpression: '#n',
          ExpressionAttributeNames: names,
        },
      },
    },
  ],
  [
    'BatchWriteItem',
    {
      RequestItems: {
        [TableName]: [{ PutRequest: { Item } }, { DeleteRequest: { Key: { id: { S: 'b' } } } }],
      },
    },
  ],
  ['CreateTable', { TableName: 'other', ...schema }],
  [
    'DeleteItem',
    {
      TableName,
      Key,
      ConditionExpression: 'attribute_exists(id) AND NOT #n IN (:n)',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_OLD',
    },
  ],
  ['DeleteItem', { TableName, Key, Expected: compared, ConditionalOperator: 'AND' }],
  ['DeleteTable', { TableName: 'other' }],
  ['DescribeTable', { TableName }],
  ['DescribeTimeToLive', { TableName }],
  [
    'GetItem',
    {
      TableName,
      Key,
      ProjectionExpression: 'parts[0], #n, parts[2].y',
      ExpressionAttributeNames: names,
      ConsistentRead: true,
      ReturnConsumedCapacity: 'TOTAL',
    },
  ],
  ['GetItem', { TableName, Key, AttributesToGet: ['id'] }],
  ['ListTables', { Limit: 10, ExclusiveStartTableName: 'aaa' }],
  ['ListTagsOfResource', { ResourceArn }],
  [
    'PutItem',
    {
      TableName,
      Item,
      ConditionExpression: 'size(#n) < :n OR begins_with(id, :s) OR contains(texts, :s)',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':s': { S: 'a' } },
    },
  ],
  ['PutItem', { TableName, Item, Expected: { id: { Exists: false } }, ReturnValues: 'NONE' }],
  [
    'Query',
    {
      TableName,
      KeyConditionExpression: 'id = :id',
      FilterExpression: '#n BETWEEN :n AND :n',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':id': { S: 'a' } },
      Limit: 5,
      ScanIndexForward: false,
      ExclusiveStartKey: Key,
    },
  ],
  [
    'Query',
    {
      TableName: 'ranged',
      KeyConditionExpression: 'id = :id AND begins_with(place, :place)',
      ExpressionAttributeValues: { ':id': { S: 'a' }, ':place': { S: '2' } },
    },
  ],
  [
    'Query',
    {
      TableName: 'ranged',
      KeyConditions: {
        id: { AttributeValueList: [{ S: 'a' }], ComparisonOperator: 'EQ' },
        place: { AttributeValueList: [{ S: '1' }, { S: '3' }], ComparisonOperator: 'BETWEEN' },
      },
      QueryFilter: compared,
    },
  ],
  [
    'Scan',
    {
      TableName,
      FilterExpression: 'attribute_type(id, :t)',
      ExpressionAttributeValues: { ':t': { S: 'S' } },
      Limit: 5,
      Segment: 0,
      TotalSegments: 2,
    },
  ],
  ['Scan', { TableName, ScanFilter: compared, Select: 'COUNT', ExclusiveStartKey: Key }],
  ['TagResource', { ResourceArn, Tags: tags }],
  ['UntagResource', { ResourceArn, TagKeys: ['a'] }],
  [
    'UpdateItem',
    {
      TableName,
      Key,
      UpdateExpression:
        'SET #n = if_not_exists(#n, :n) + :n, parts = list_append(parts, :l) REMOVE bytes ADD numbers :s',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ':l': { L: [] }, ':s': { NS: ['3'] } },
      ReturnValues: 'UPDATED_NEW',
    },
  ],
  [
    'UpdateItem',
    {
      TableName,
      Key,
      AttributeUpdates: {
        number: { Value: { N: '1' }, Action: 'ADD' },
        texts: { Value: { SS: ['a'] }, Action: 'DELETE' },
      },
    },
  ],
  ['UpdateTable', { TableName, ProvisionedThroughput: { ReadCapacityUnits: 2, WriteCapacityUnits: 2 } }],
];

export const dynamoDbExamples = jsonExamples(
  'dynamoDb',
  'DynamoDB_20120810',
  'application/x-amz-json-1.0',
  bodies,
);
