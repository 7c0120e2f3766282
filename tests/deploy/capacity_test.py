#!/usr/bin/env python3
# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0
"""The model against theory, and against what was measured."""

import math
import os
import pathlib
import statistics
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(os.environ["GONGKAI_SOURCE_DIR"], "deploy/capacity")))
import simulate  # pylint: disable=wrong-import-position


class QueueTest(unittest.TestCase):
    """Where theory knows the answer, the simulation is to find it."""

    def mean_wait(self, draw, service_ms, busy, workers=1, replicas=1):
        rate = busy * workers * replicas * 1000 / service_ms
        latencies = simulate.simulate(draw, rate, replicas, workers, 200_000 / rate)
        return statistics.fmean(latencies) - service_ms

    def test_exponential_times_are_mm1(self):
        for busy in (0.3, 0.6, 0.8):
            found = self.mean_wait(lambda c: c.expovariate(1 / 10), 10, busy)
            self.assertAlmostEqual(found / (10 * busy / (1 - busy)), 1, delta=0.08)

    def test_equal_times_wait_half_as_long(self):
        # Pollaczek and Khinchine.
        found = self.mean_wait(lambda c: 10, 10, 0.7)
        self.assertAlmostEqual(found / (10 * 0.7 / 0.3 / 2), 1, delta=0.08)

    def test_several_workers_are_mmc(self):
        # Erlang's C formula.
        workers, busy = 4, 0.8
        load = workers * busy
        last = load**workers / math.factorial(workers) / (1 - busy)
        waits = last / (sum(load**k / math.factorial(k) for k in range(workers)) + last)
        found = self.mean_wait(lambda c: c.expovariate(1 / 10), 10, busy, workers)
        self.assertAlmostEqual(found / (waits * 10 / (workers * (1 - busy))), 1, delta=0.1)

    def test_a_replica_more_shortens_the_queue(self):
        one = simulate.simulate(lambda c: 10, 90, 1, 1, 1000)
        two = simulate.simulate(lambda c: 10, 90, 2, 1, 1000)
        self.assertLess(simulate.percentile(two, 0.99), simulate.percentile(one, 0.99) / 2)


class TimesTest(unittest.TestCase):

    def test_draws_what_was_measured(self):
        measured = simulate.load("times.json")
        for name in measured:
            times = simulate.Times(measured, {name: 1}, front_ms=0)
            chance = simulate.random.Random(1)
            drawn = [times.draw(chance) for _ in range(20_000)]
            self.assertAlmostEqual(statistics.fmean(drawn) / times.mean(), 1, delta=0.05)
            # Quantiles lose some of a long tail.
            self.assertAlmostEqual(times.mean() / measured[name]["mean_ms"], 1, delta=0.25)


class MeasuredTest(unittest.TestCase):

    def test_the_model_is_near_the_measured_replicas(self):
        worst = simulate.check(simulate.load("times.json"), simulate.load("replicas.json"))
        self.assertLess(worst, 2)


if __name__ == "__main__":
    unittest.main()
