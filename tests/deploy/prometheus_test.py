# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""deploy/prometheus and deploy/grafana against what gongkaid really shows."""

import contextlib
import hashlib
import json
import pathlib
import re
import socket
import subprocess
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

import programs
import yaml

PROMETHEUS = programs.SOURCE / 'deploy/prometheus'
DASHBOARD = programs.SOURCE / 'deploy/grafana/gongkai.json'

# Metrics of Prometheus itself.
PROMETHEUS_OWN = {'up'}
# What is not a metric though it looks like one.
WORDS = {'and', 'or', 'unless', 'on', 'by', 'bool', 'offset', 'ignoring'}
STATUSES = set(
    'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND '
    'ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION '
    'ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS '
    'UNAUTHENTICATED'.split())


def promtool(*words, **more):
  return programs.run(['promtool', *words], **more)


def metrics_of(expression):
  """The names of the metrics in a PromQL expression."""
  text = re.sub(r'"[^"]*"', '', expression)
  text = re.sub(r'\{[^}]*\}|\[[^\]]*\]', ' ', text)
  text = re.sub(r'\b(by|on|ignoring)\s*\([^)]*\)', ' ', text)
  return {name for name in re.findall(
      r'(?<![\w:.])[A-Za-z_:][\w:]*(?![\w:])(?!\s*\()', text)
          if name not in WORDS}


def selectors_of(expression):
  """(metric, label, value) for what an expression asks of labels."""
  for metric, labels in re.findall(r'([A-Za-z_:][\w:]*)\{([^}]*)\}',
                                   expression):
    for label, operator, value in re.findall(r'(\w+)(=~|!~|!=|=)"([^"]*)"',
                                             labels):
      values = value.split('|') if '~' in operator else [value]
      for one in values if label != 'grpc_method' else [value]:
        yield metric, label, one


def rules():
  groups = yaml.safe_load((PROMETHEUS / 'rules.yml').read_text())['groups']
  return [rule for group in groups for rule in group['rules']]


def panels():
  return [panel for panel in json.loads(DASHBOARD.read_text())['panels']
          if panel['type'] != 'row']


def all_expressions():
  """Every expression that is shipped, and where it stands."""
  for rule in rules():
    yield rule.get('alert', rule.get('record')), rule['expr']
  for panel in panels():
    for target in panel['targets']:
      # As Grafana fills them in.
      yield panel['title'], target['expr'].replace(
          '$__rate_interval', '1m').replace('$instance', '.+')
  adapter = yaml.safe_load((PROMETHEUS / 'adapter.yml').read_text())
  for rule in adapter['rules']:
    filled = rule['metricsQuery'].replace(
        '<<.LabelMatchers>>', 'pod=~".+"').replace('<<.GroupBy>>', 'pod')
    yield rule['name']['as'], filled
    yield rule['name']['as'], rule['seriesQuery']


@contextlib.contextmanager
def a_busy_one():
  """A gongkaid that has met callers of every kind, its port of metrics, and a
  function that sends them again."""
  with programs.temporary_directory() as name:
    directory = pathlib.Path(name)
    programs.make_certificates(directory)
    (directory / 'token').write_text('letter-box')
    policy = directory / 'policy.textproto'
    policy.write_text(
        'callers { name: "trial" methods: "*" token_sha256: "%s" }' %
        hashlib.sha256(b'letter-box').hexdigest())
    with programs.Server([
        '--listen=127.0.0.1:0', '--metrics_address=127.0.0.1:0', '--workers=1',
        f'--tls_certificate={directory}/tls.crt',
        f'--tls_key={directory}/tls.key', f'--policy={policy}']) as server:
      address = server.read_until(r'listening on (\S+) with').group(1)
      port = server.read_until(r'metrics are shown.*port=(\d+)').group(1)
      call = [f'--server={address}', f'--tls-ca={directory}/ca.crt']
      gongkai = programs.BINARIES / 'gongkai'
      token = f'--token-file={directory}/token'

      def send():
        for status, words in (
            (2, ['rules', *call]), (0, ['rules', *call, token]),
            (1, ['check', *call, token, programs.SOURCE / 'examples'])):
          result = programs.run([gongkai, *words])
          assert result.returncode == status, result.stdout

      send()
      yield server, port, send


class PrometheusTest(unittest.TestCase):

  @classmethod
  def setUpClass(cls):
    super().setUpClass()
    with a_busy_one() as (server, port, _):
      cls.page = server.metrics(port)
    cls.shown = set(re.findall(r'^([a-z]\w*)', cls.page, re.M))
    cls.recorded = {rule['record'] for rule in rules() if 'record' in rule}

  def test_the_page_is_a_good_one(self):
    result = promtool('check', 'metrics', input=self.page)
    self.assertEqual((result.returncode, result.stdout), (0, ''))

  def test_operators_are_told_of_every_metric(self):
    told = (programs.SOURCE / 'docs/OPERATIONS.md').read_text()
    for name in re.findall(r'^# TYPE (gongkai_\w+)', self.page, re.M):
      self.assertIn(name, told)

  def test_promtool_takes_the_files(self):
    for words in (['check', 'config', PROMETHEUS / 'prometheus.yml'],
                  ['check', 'rules', PROMETHEUS / 'rules.yml'],
                  ['test', 'rules', PROMETHEUS / 'rules_test.yml']):
      result = promtool(*words)
      self.assertEqual(result.returncode, 0, result.stdout)

  def test_promtool_takes_the_scrape_of_pods(self):
    # Debian's knows nothing of Kubernetes, but of all else in it.
    config = yaml.safe_load((PROMETHEUS / 'kubernetes.yml').read_text())
    for job in config['scrape_configs']:
      self.assertEqual(job.pop('kubernetes_sd_configs')[0]['role'], 'pod')
      job['static_configs'] = [{'targets': ['127.0.0.1:9464']}]
    with programs.temporary_directory() as name:
      path = pathlib.Path(name) / 'prometheus.yml'
      path.write_text(yaml.safe_dump(config))
      result = promtool('check', 'config', path)
    self.assertEqual(result.returncode, 0, result.stdout)

  def test_every_expression_is_one(self):
    with programs.temporary_directory() as name:
      path = pathlib.Path(name) / 'rules.yml'
      path.write_text(yaml.safe_dump({'groups': [{
          'name': 'all', 'rules': [
              {'record': f'expression:{number}', 'expr': expression}
              for number, (_, expression) in enumerate(all_expressions())]}]}))
      result = promtool('check', 'rules', path)
    self.assertEqual(result.returncode, 0, result.stdout)

  def test_every_metric_is_shown(self):
    for where, expression in all_expressions():
      with self.subTest(where):
        names = metrics_of(expression)
        self.assertTrue(names, expression)
        self.assertEqual(
            names - self.shown - self.recorded - PROMETHEUS_OWN, set())

  def test_every_label_is_shown(self):
    for where, expression in all_expressions():
      for metric, label, value in selectors_of(expression):
        with self.subTest(where, metric=metric, label=label, value=value):
          # What Prometheus and the cluster add.
          if label in ('job', 'instance', 'namespace', 'pod'):
            continue
          if label == 'grpc_status':
            self.assertIn(value, STATUSES)
            continue
          # Methods that nobody has called are there as not started.
          shown = ('grpc_server_call_started_total' if label == 'grpc_method'
                   else metric)
          values = set(re.findall(rf'^{shown}\{{.*?\b{label}="([^"]*)"',
                                  self.page, re.M))
          self.assertTrue(any(re.fullmatch(value, one) for one in values),
                          f'{value} is none of {values}')

  def test_the_check_sees_what_is_not_there(self):
    self.assertEqual(
        metrics_of('sum by (le) (rate(a_bucket{x="y"}[5m])) > on (i) b'
                   ' unless c:d == 1e3'), {'a_bucket', 'b', 'c:d'})
    self.assertEqual(list(selectors_of('a{x="y",z!~"u|v"}')),
                     [('a', 'x', 'y'), ('a', 'z', 'u'), ('a', 'z', 'v')])

  def test_every_alert_says_what_to_do_and_is_tested(self):
    tests = (PROMETHEUS / 'rules_test.yml').read_text()
    alerts = [rule for rule in rules() if 'alert' in rule]
    for alert in alerts:
      with self.subTest(alert['alert']):
        self.assertIn(alert['labels']['severity'], ('critical', 'warning'))
        self.assertIn('summary', alert['annotations'])
        self.assertIn('description', alert['annotations'])
        self.assertEqual(
            alert['annotations']['runbook_url'].partition('#')[2],
            alert['alert'].lower())
        self.assertIn(f'alertname="{alert["alert"]}"', tests)
    self.assertEqual(len(alerts), len({a['alert'] for a in alerts}))

  def test_the_dashboard_is_one(self):
    dashboard = json.loads(DASHBOARD.read_text())
    self.assertGreaterEqual(dashboard['schemaVersion'], 30)
    variables = {v['name']: v for v in dashboard['templating']['list']}
    self.assertEqual(variables['datasource']['type'], 'datasource')
    source = {'type': 'prometheus', 'uid': '${datasource}'}
    self.assertEqual(variables['instance']['datasource'], source)
    self.assertIn(
        re.search(r'\((\w+),', variables['instance']['query']['query'])[1],
        self.shown)
    ids = [panel['id'] for panel in dashboard['panels']]
    self.assertEqual(len(ids), len(set(ids)))
    places = set()
    for panel in dashboard['panels']:
      at = panel['gridPos']
      self.assertLessEqual(at['x'] + at['w'], 24)
      cells = {(x, y) for x in range(at['x'], at['x'] + at['w'])
               for y in range(at['y'], at['y'] + at['h'])}
      self.assertFalse(cells & places, f'{panel["title"]} covers another')
      places |= cells
    for panel in panels():
      with self.subTest(panel['title']):
        self.assertEqual(panel['datasource'], source)
        self.assertTrue(panel['description'])
        for target in panel['targets']:
          self.assertEqual(target['datasource'], source)


class RunningTest(unittest.TestCase):
  """A real Prometheus with our files, and a real gongkaid."""

  def test_rules_and_dashboard_answer(self):
    with a_busy_one() as (_, port, send), \
        programs.temporary_directory() as name:
      self._prepare(pathlib.Path(name), port)
      with self._prometheus(name) as ask:
        recorded = [rule['record'] for rule in rules() if 'record' in rule]
        # Enough scrapes for rates, of which some are of calls.
        self._wait(lambda: ask('query', query='gongkai:replicas_up'))
        send()
        self._wait(lambda: ask('query', query=(
            'sum(gongkai:documents:rate5m) > 0')))
        self._wait(lambda: all(ask('query', query=name) for name in recorded
                               if 'interactive' not in name))
        # Also finds series that do not match, which no parser sees.
        for where, expression in all_expressions():
          with self.subTest(where):
            ask('query', query=expression)
        for group in ask('rules')['groups']:
          for rule in group['rules']:
            self.assertEqual((rule['health'], rule.get('lastError')),
                             ('ok', None), rule['name'])
        self.assertEqual([alert['labels']['alertname']
                          for alert in ask('alerts')['alerts']
                          if alert['state'] == 'firing'], [])

  def _prepare(self, directory, port):
    """Our configuration, but faster, and with the port that there is."""
    text = (PROMETHEUS / 'prometheus.yml').read_text()
    self.assertIn('127.0.0.1:9464', text)
    (directory / 'prometheus.yml').write_text(text.replace(
        '127.0.0.1:9464', f'127.0.0.1:{port}').replace(
            '_interval: 15s', '_interval: 1s'))
    (directory / 'rules.yml').write_text(
        (PROMETHEUS / 'rules.yml').read_text())

  def _wait(self, condition):
    end = time.monotonic() + programs.TIMEOUT
    while not condition():
      self.assertLess(time.monotonic(), end)
      time.sleep(0.2)

  @contextlib.contextmanager
  def _prometheus(self, directory):
    """Yields a function that asks its API."""
    with socket.socket() as free:
      free.bind(('127.0.0.1', 0))
      address = '%s:%d' % free.getsockname()

    def ask(what, **parameters):
      url = f'http://{address}/api/v1/{what}'
      if parameters:
        url += '?' + urllib.parse.urlencode(parameters)
      try:
        with urllib.request.urlopen(url, timeout=programs.TIMEOUT) as answer:
          data = json.load(answer)['data']
      except urllib.error.HTTPError as error:
        raise AssertionError(error.read().decode()) from error
      return data['result'] if what == 'query' else data

    def answers():
      try:
        ask('status/runtimeinfo')
        return True
      except (urllib.error.URLError, ConnectionError, AssertionError):
        self.assertIsNone(process.poll(), log.name)
        return False

    with open(f'{directory}/log', 'wb') as log:
      process = subprocess.Popen(
          ['prometheus', f'--config.file={directory}/prometheus.yml',
           f'--storage.tsdb.path={directory}/data',
           f'--web.listen-address={address}'], stdout=log, stderr=log)
      try:
        self._wait(answers)
        yield ask
      finally:
        process.kill()
        process.wait()


if __name__ == '__main__':
  unittest.main()
