import { pathExamples } from './example.ts';

const kinesis = {
  Records: [
    {
      eventID: 'shardId-000000000000:1',
      kinesis: {
        partitionKey: 'a',
        sequenceNumber: '1',
        data: 'eyJ2YWx1ZSI6MX0=',
        approximateArrivalTimestamp: 1.7e9,
      },
    },
  ],
};
const change = {
  Records: [
    {
      eventName: 'INSERT',
      dynamodb: {
        SequenceNumber: '1',
        Keys: { seriesId: { S: 'a' }, eventKey: { S: '2026-01-01T00:00:00.000Z#a' } },
        NewImage: { seriesId: { S: 'a' }, eventKey: { S: '2026-01-01T00:00:00.000Z#a' }, value: { N: '1' } },
      },
    },
  ],
};

const invocation = (name: string) => `/2015-03-31/functions/${name}/invocations`;

/** The endpoint of the functions, and the live page. */
export const ownExamples = [
  ...pathExamples('lambda', [
    ['Invoke', 'POST', invocation('recorder'), kinesis],
    ['Invoke', 'POST', invocation('detector'), change],
    [
      'Invoke',
      'POST',
      invocation('arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Adetector'),
      { Records: [] },
    ],
    ['proof', 'GET', `/aed/proof/${'0a'.repeat(32)}`],
  ]),
  ...pathExamples('page', [
    ['page', 'GET', '/'],
    ['script', 'GET', '/main.js'],
    ['series without a name', 'GET', '/api/series?id='],
    ['nothing', 'GET', '/api/%E0%A4%A'],
    ['readings', 'GET', '/api/readings.csv?id=a'],
    ['changes', 'GET', '/api/changes.csv?id=%E0%A4%A'],
    ['acknowledge', 'POST', '/api/acknowledge', { by: 'a', targets: [{ seriesId: 'a', eventKey: 'b' }] }],
    ['options', 'POST', '/api/options', { by: 'a', seriesId: 'a', options: { alpha: '0.1' } }],
    ['mute', 'POST', '/api/mute', { by: 'a', seriesId: 'a', milliseconds: 1 }],
  ]),
];
