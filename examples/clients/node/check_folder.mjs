// Copyright 2026 The Gongkai Authors
// SPDX-License-Identifier: Apache-2.0
//
// Streams every file of a folder through a Gongkai service: a line of JSON each.
//
//     npm ci --prefix examples/clients/node
//     gongkaid &
//     node examples/clients/node/check_folder.mjs localhost:50051 examples
//
// Only as many documents are under way as the service allows; what has no answer
// when a stream ends is sent again, by its id: each is printed exactly once.

import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';

const PROTOS = fileURLToPath(new URL('../../../proto', import.meta.url));
const { ReportService } = grpc.loadPackageDefinition(loader.loadSync(
    'gongkai/v1/report_service.proto',
    { includeDirs: [PROTOS], enums: String, longs: Number })).gongkai.v1;
const BROKEN = ['UNAVAILABLE', 'CANCELLED', 'RESOURCE_EXHAUSTED', 'INTERNAL', 'UNKNOWN'];

function* filesOf(folder) {
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesOf(name);
    if (entry.isFile()) yield name;
  }
}

// One stream: sends again what is in run.waiting, then what run.files gives, and
// takes out what is answered. True if it ended in order.
function serve(client, run, show) {
  return new Promise((resolve, reject) => {
    const stream = client.ProcessReports();
    const again = [...run.waiting];
    let [open, writable, over] = [0, true, false];

    const end = () => {
      over = true;
      stream.end();
    };
    // Back-pressure, twice: of the service's window and of the connection.
    const send = () => {
      while (!over && writable && open < run.window) {
        const file = again.shift() ?? run.files.next().value;
        if (file === undefined) {
          run.allSent = true;
          return end();
        }
        run.waiting.add(file);
        ++open;
        writable = stream.write({ id: file,
          document: { fileName: path.basename(file), content: fs.readFileSync(file) } });
      }
    };
    stream.on('drain', () => {
      writable = true;
      send();
    });
    stream.on('data', (response) => {
      // What an ending names has no answer and is sent again.
      if (response.ending) return end();
      show(response);
      run.waiting.delete(response.id);
      --open;
      send();
    });
    stream.on('end', () => resolve(true));
    stream.on('error', (error) => {
      over = true;
      if (!BROKEN.includes(grpc.status[error.code])) reject(error);
      console.error(`again after ${grpc.status[error.code]}`);
      resolve(false);
    });
    send();
  });
}

async function main(target, folder) {
  const client = new ReportService(target, grpc.credentials.createInsecure());
  const { streamWindowDocuments } = await new Promise((resolve, reject) =>
    client.waitForReady(Date.now() + 30_000, (late) => (late ? reject(late) :
      client.GetCapabilities({}, (error, answer) => (error ? reject(error) : resolve(answer))))));
  const run = { window: streamWindowDocuments || 256, files: filesOf(folder),
    waiting: new Set(), allSent: false };
  let errors = false;
  const show = ({ id, outcome, verdict, message }) => {
    errors ||= (verdict?.problems ?? []).some((one) => one.severity === 'SEVERITY_ERROR');
    console.log(JSON.stringify({ document: id, outcome, summary: verdict?.summary || message }));
  };
  for (let pause = 0; !run.allSent || run.waiting.size > 0; await sleep(pause)) {
    const inOrder = await serve(client, run, show);
    pause = inOrder ? 0 : Math.min(2 * pause + 100, 5000);
  }
  client.close();
  return errors ? 1 : 0;
}

if (process.argv.length !== 4) {
  console.error('usage: node check_folder.mjs HOST:PORT FOLDER');
  process.exit(2);
}
process.exitCode = await main(process.argv[2], process.argv[3]);
