#!/usr/bin/env python3
# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0
"""How many replicas does it take? A queueing model fed with measured times.

    python3 deploy/capacity/simulate.py                 the scenarios of docs/CAPACITY.md
    python3 deploy/capacity/simulate.py --check         against the measured replicas
    python3 deploy/capacity/simulate.py --rate=50 --mix=pdf:0.5,docx:0.5 --replicas=2

A replica is as many servers as it has workers, and one queue in front of them.
Documents come as strangers come (Poisson) and go to the replicas in turn. Each
takes a worker for the time that one of its format was measured to take, by chance
of the measured distribution, and the processor for what the front does for it;
front and workers share the processors. Standard library only.
"""

import argparse
import heapq
import json
import math
import pathlib
import random

HERE = pathlib.Path(__file__).parent
# Of an idle server: what a call takes beside the processor time of front and
# worker: the way there and back, and two wake-ups.
IDLE_MS = 0.1
# What the front takes for a document of a stream (gongkai-bench); a call of its
# own takes several times as much.
STREAMED_FRONT_MS = 0.058
# Documents of the last year's kinds, as offices upload them.
UPLOADS = {"docx": 0.5, "pdf": 0.25, "doc": 0.15, "html": 0.05, "text": 0.05}


class Times:
    """Measured times of a mix of formats, in milliseconds."""

    def __init__(self, measured, mix, front_ms, speed=1.0):
        self.formats = list(mix)
        self.weights = [mix[name] for name in self.formats]
        self.quantiles = {name: measured[name]["quantiles_ms"] for name in self.formats}
        self.front_ms, self.speed = front_ms, speed

    def draw(self, chance):
        name = chance.choices(self.formats, self.weights)[0]
        quantiles = self.quantiles[name]
        at = chance.random() * (len(quantiles) - 1)
        low = min(int(at), len(quantiles) - 2)
        worker = quantiles[low] + (at - low) * (quantiles[low + 1] - quantiles[low])
        return (worker + self.front_ms) / self.speed

    def mean(self):
        """Between two quantiles all times are as likely, so the mean is theirs."""
        total = 0
        for name, weight in zip(self.formats, self.weights):
            q = self.quantiles[name]
            total += weight * (sum(q) - (q[0] + q[-1]) / 2) / (len(q) - 1)
        return (total / sum(self.weights) + self.front_ms) / self.speed


def simulate(draw, rate, replicas, workers, seconds, seed=1):
    """Latencies in milliseconds of what came in the time, in order of arrival.

    `draw` gives a service time in milliseconds; `rate` is per second.
    """
    chance = random.Random(seed)
    # When each worker of a replica is free again: first come, first served.
    free = [[0.0] * workers for _ in range(replicas)]
    latencies = []
    now, turn = 0.0, 0
    while True:
        now += chance.expovariate(rate / 1000)
        if now > seconds * 1000:
            return latencies
        queue = free[turn]
        turn = (turn + 1) % replicas
        start = max(now, queue[0])
        end = start + draw(chance)
        heapq.heapreplace(queue, end)
        latencies.append(end - now)


def percentile(values, part):
    values = sorted(values)
    return values[min(len(values) - 1, int(part * len(values)))]


def load(name):
    return json.loads((HERE / name).read_text())


def check(measured, replicas):
    """Model and measurement side by side; the worst ratio of their medians."""
    print(f"{replicas['replicas']} replicas of {replicas['workers']} worker, text; ms")
    print(f"{'calls/s':>8} {'busy':>6} {'':>4} {'measured p50':>13} {'p99':>8} "
          f"{'model p50':>11} {'p99':>8}")
    worst = 1.0
    for run in replicas["runs"]:
        front = run["front_us"] / 1000
        times = Times(measured, {"text": 1}, front)
        # What the processors take under this load is measured with it.
        times.speed = (times.mean() - front) / (run["worker_us"] / 1000)
        times.front_ms *= times.speed
        latencies = [IDLE_MS + one for one in simulate(
            times.draw, run["rate"], replicas["replicas"], replicas["workers"], 120)]
        p50, p99 = percentile(latencies, 0.5), percentile(latencies, 0.99)
        busy = run["rate"] * times.mean() / 1000 / replicas["replicas"]
        seen = run["latency_ms"]
        print(f"{run['rate']:8.0f} {busy:6.0%} {'':>4} {seen['p50']:13.2f} {seen['p99']:8.2f} "
              f"{p50:11.2f} {p99:8.2f}")
        worst = max(worst, p50 / seen["p50"], seen["p50"] / p50)
    return worst


# name, calls a second in the busiest hour, what they are, and how they come to that.
SCENARIOS = [
    ("county", 60 * 3 * 0.8 / (2 * 8 * 3600) * 10, UPLOADS,
     "60 bodies, each report uploaded 3 times, 80 % in the last two days of 8 hours, "
     "the busiest hour 10 times the mean"),
    ("province", 12000 * 3 * 0.8 / (2 * 8 * 3600) * 3, UPLOADS,
     "12,000 bodies, otherwise so; the busiest hour 3 times the mean"),
    ("nation", 200000 * 3 * 0.8 / (2 * 8 * 3600) * 3, UPLOADS,
     "200,000 bodies, all at one place; the busiest hour 3 times the mean"),
    ("nation, last hour", 200000 * 0.25 * 3 / 3600, UPLOADS,
     "a quarter of all bodies in one hour, 3 times each"),
]


def scenario(measured, figures, name, rate, mix, why, workers, bound_ms):
    """The fewest replicas (two, so that one may go) with a p99 within the bound."""
    times = Times(measured, mix, figures["front_ms"])
    # Enough events for a p99, and no more than is quick.
    seconds = max(600, min(20000, 60000 / rate))
    replicas = max(2, math.ceil(rate * times.mean() / 1000 / workers / 0.9))
    while True:
        # One of them down.
        latencies = [IDLE_MS + one for one in
                     simulate(times.draw, rate, replicas - 1, workers, seconds)]
        if percentile(latencies, 0.99) <= bound_ms:
            break
        replicas += 1
    busy = rate * times.mean() / 1000 / workers / (replicas - 1)
    kib = sum(weight * (measured[key]["request_bytes"] + measured[key]["response_bytes"])
              for key, weight in mix.items()) / sum(mix.values()) / 1024
    print(f"{name}: {why}\n"
          f"  {rate:.2f} calls/s of {times.mean():.2f} ms; {replicas} replicas of {workers} "
          f"workers, one of them down: busy {busy:.1%}, p50 {percentile(latencies, 0.5):.1f} ms, "
          f"p99 {percentile(latencies, 0.99):.1f} ms; {rate * kib * 8 / 1024:.2f} Mbit/s; "
          f"memory {figures['front_mib'] + (workers + 1) * figures['worker_mib']} MiB a replica "
          f"beside the programs")
    return replicas


def crawl(measured, pages, workers, days, network_gbit, price):
    """A stream of pages that is never empty: what counts is the work in all."""
    times = Times(measured, {"html": 1}, STREAMED_FRONT_MS)
    core_hours = pages * times.mean() / 3.6e6
    replicas = math.ceil(core_hours / workers / (days * 24) / 0.8)
    tib = pages * (measured["html"]["request_bytes"] + measured["html"]["response_bytes"]) / 2**40
    hours = tib * 2**40 * 8 / (network_gbit * 1e9) / 3600
    print(f"crawl: {pages:,} pages of {measured['html']['request_bytes'] // 1024} KiB\n"
          f"  {times.mean():.2f} ms a page, {core_hours:.0f} core hours ({core_hours * price:.0f} "
          f"at {price} a core hour); in {days} days {replicas} replicas of {workers} workers, "
          f"80 % busy; {tib:.1f} TiB, {hours:.0f} hours of a network of {network_gbit} Gbit/s")


def parse_mix(text):
    return {name: float(part) for name, part in (one.split(":") for one in text.split(","))}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with measured replicas")
    parser.add_argument("--rate", type=float, help="calls a second")
    parser.add_argument("--mix", type=parse_mix, default=UPLOADS,
                        help="formats and their parts, such as pdf:0.5,docx:0.5")
    parser.add_argument("--replicas", type=int, default=2)
    parser.add_argument("--workers", type=int, default=2, help="workers (cores) of a replica")
    parser.add_argument("--bound", type=float, default=200,
                        help="what 99 of 100 calls shall take at most, in ms")
    parser.add_argument("--price", type=float, default=0.3, help="of a core hour")
    arguments = parser.parse_args()
    measured, replicas = load("times.json"), load("replicas.json")
    figures = {"front_ms": replicas["runs"][0]["front_us"] / 1000,
               "front_mib": replicas["front_mib"], "worker_mib": replicas["worker_mib"]}
    if arguments.check:
        check(measured, replicas)
        return
    if arguments.rate:
        times = Times(measured, arguments.mix, figures["front_ms"])
        busy = arguments.rate * times.mean() / 1000 / arguments.workers / arguments.replicas
        if busy >= 1:
            raise SystemExit(f"too much: {busy:.0%} of what the replicas can do")
        latencies = simulate(times.draw, arguments.rate, arguments.replicas,
                             arguments.workers, max(60, 60000 / arguments.rate))
        print(f"busy {busy:.0%}, p50 {IDLE_MS + percentile(latencies, 0.5):.1f} ms, "
              f"p99 {IDLE_MS + percentile(latencies, 0.99):.1f} ms")
        return
    for name, rate, mix, why in SCENARIOS:
        scenario(measured, figures, name, rate, mix, why, arguments.workers, arguments.bound)
    crawl(measured, 100_000_000, 8, 7, 1, arguments.price)


if __name__ == "__main__":
    main()
