#!/usr/bin/env python3
# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0
"""Streams every file of a folder through a Gongkai service: a line of JSON each.

    protoc -I proto --python_out=examples/clients/python proto/gongkai/v1/*.proto
    gongkaid &
    python3 examples/clients/python/check_folder.py localhost:50051 examples

Needs python3-grpcio, python3-protobuf. Only as many documents are under way as
the service allows; what has no answer when a stream ends is sent again, by id.
"""

import json
import pathlib
import sys
import threading
import time

import grpc

from gongkai.v1 import report_service_pb2 as service

METHOD = "/gongkai.v1.ReportService/"
BROKEN = {"UNAVAILABLE", "CANCELLED", "RESOURCE_EXHAUSTED", "INTERNAL", "UNKNOWN"}


class Sender:
    """The requests of one stream: first those without an answer, then new ones."""

    def __init__(self, waiting, paths, window):
        self.waiting, self.paths, self.window = waiting, paths, window
        self.again = list(waiting)
        self.sent, self.over, self.all_sent = 0, False, False
        self.change = threading.Condition()

    def __iter__(self):
        while True:
            with self.change:
                # Back-pressure: nothing is read from the disk without room.
                self.change.wait_for(lambda: self.over or self.sent < self.window)
                if self.over:
                    return
                path = self.again.pop(0) if self.again else next(self.paths, None)
                if path is None:
                    self.all_sent = True
                    return
                self.waiting.add(path)
                self.sent += 1
            document = service.Document(file_name=pathlib.Path(path).name,
                                        content=pathlib.Path(path).read_bytes())
            yield service.ProcessRequest(id=path, document=document)

    def answered(self, path):
        with self.change:
            self.waiting.discard(path)
            self.sent -= 1
            self.change.notify()

    def end(self):
        with self.change:
            self.over = True
            self.change.notify()


def run_stream(channel, sender, show):
    """Reads answers until the stream ends; true if it ended in order."""
    process = channel.stream_stream(METHOD + "ProcessReports",
                                    service.ProcessRequest.SerializeToString,
                                    service.ProcessResponse.FromString)
    try:
        for response in process(iter(sender), wait_for_ready=True):
            if response.HasField("ending"):
                continue  # What it names has no answer and is sent again.
            show(response)
            sender.answered(response.id)
        return True
    except grpc.RpcError as error:
        if error.code().name not in BROKEN:
            raise
        print(f"again after {error.code().name}", file=sys.stderr)
        return False
    finally:
        sender.end()


def main(target, folder):
    errors = 0

    def show(response):
        nonlocal errors
        errors += any(p.severity == 1 for p in response.verdict.problems)
        line = {"document": response.id,
                "summary": response.verdict.summary or response.message,
                "outcome": service.Outcome.Name(response.outcome)}
        print(json.dumps(line, ensure_ascii=False), flush=True)

    with grpc.insecure_channel(target) as channel:
        ask = channel.unary_unary(METHOD + "GetCapabilities",
                                  service.GetCapabilitiesRequest.SerializeToString,
                                  service.GetCapabilitiesResponse.FromString)
        window = ask(service.GetCapabilitiesRequest(), wait_for_ready=True,
                     timeout=30).stream_window_documents or 256
        files = (str(path) for path in sorted(pathlib.Path(folder).rglob("*"))
                 if path.is_file())
        waiting, paths, pause = set(), files, 0
        while True:
            sender = Sender(waiting, paths, window)
            in_order = run_stream(channel, sender, show)
            if sender.all_sent and not waiting:
                return 1 if errors else 0
            pause = 0 if in_order else min(2 * pause + 0.1, 5)
            time.sleep(pause)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} HOST:PORT FOLDER")
    sys.exit(main(sys.argv[1], sys.argv[2]))
