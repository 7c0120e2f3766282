# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""deploy/kubernetes, rendered, against the programs as they are."""

import copy
import json
import os
import re
import shutil
import time
import unittest

import manifests
import programs
import yaml

KUBERNETES = programs.SOURCE / 'deploy/kubernetes'
OVERLAYS = ('small', 'regional', 'national')
FLAGS = programs.server_flags()
COMMAND_FLAGS = programs.command_flags()


def render(directory):
  """As `kubectl apply -k` would send it."""
  result = programs.run(['kubectl', 'kustomize', KUBERNETES / directory])
  # Newer ones warn of what older ones need.
  text = '\n'.join(line for line in result.stdout.splitlines()
                   if not line.startswith('# Warning'))
  if result.returncode != 0:
    raise AssertionError(f'{directory} cannot be rendered:\n{text}')
  return list(yaml.safe_load_all(text))


def held_against(documents):
  return manifests.Manifests(documents, FLAGS, COMMAND_FLAGS)


class ManifestsTest(unittest.TestCase):

  @classmethod
  def setUpClass(cls):
    super().setUpClass()
    cls.rendered = {name: render(f'overlays/{name}') for name in OVERLAYS}

  def test_every_size_is_true(self):
    for name in OVERLAYS:
      with self.subTest(name):
        self.assertEqual(held_against(self.rendered[name]).check_server(), [])

  def test_sizes_differ_where_they_should(self):
    limits, most = [], []
    for name in OVERLAYS:
      rendered = held_against(self.rendered[name])
      limits.append(manifests.quantity(rendered.one('Deployment')['spec'][
          'template']['spec']['containers'][0]['resources']['limits']['cpu']))
      most.append(rendered.one('HorizontalPodAutoscaler')['spec'][
          'maxReplicas'])
    self.assertEqual(limits, sorted(set(limits)))
    self.assertEqual(most, sorted(set(most)))

  def test_kubernetes_own_types_know_every_field(self):
    # A change that kubectl makes without a server goes through the types that
    # it was built with; what they do not know is lost.
    version = json.loads(programs.run(
        ['kubectl', 'version', '--client', '-o', 'json']).stdout)
    if int(version['clientVersion']['minor'].rstrip('+')) < 29:
      self.skipTest('this kubectl is older than what the manifests need')
    job = held_against(render('offline')).one('Job')
    misspelt = copy.deepcopy(job)
    misspelt['spec']['template']['spec']['containers'][0]['resource'] = {}
    for name in OVERLAYS:
      with self.subTest(name):
        self.assertEqual(self._unknown(held_against(
            self.rendered[name]).one('Deployment'), 'gongkaid'), [])
    self.assertEqual(self._unknown(job, 'check'), [])
    self.assertEqual(self._unknown(misspelt, 'check'),
                     ['/spec/template/spec/containers/0/resource'])

  def _unknown(self, document, container):
    """The fields of a workload that kubectl does not know."""
    with programs.temporary_directory() as name:
      path = programs.pathlib.Path(name) / 'document.yaml'
      path.write_text(yaml.safe_dump(document))
      result = programs.run(['kubectl', 'set', 'image', '--local', '-o', 'json',
                             '-f', path, f'{container}=other'])
    known = json.loads(result.stdout)

    def missing(had, has, path):
      if isinstance(had, dict):
        for key, value in had.items():
          if key in has:
            yield from missing(value, has[key], f'{path}/{key}')
          else:
            yield f'{path}/{key}'
      elif isinstance(had, list):
        for index, (one, other) in enumerate(zip(had, has)):
          yield from missing(one, other, f'{path}/{index}')

    return list(missing(document, known, ''))

  def test_the_certificate_names_the_services(self):
    services = [s['metadata']['name'] for s in
                held_against(self.rendered['small']).all('Service')]
    self.assertEqual(
        held_against(render('cert-manager')).check_certificates(services), [])

  def test_the_monitor_finds_the_pods(self):
    monitor = render('prometheus-operator')[0]
    deployment = held_against(self.rendered['small']).one('Deployment')
    pod = deployment['spec']['template']
    self.assertLessEqual(monitor['spec']['selector']['matchLabels'].items(),
                         pod['metadata']['labels'].items())
    self.assertIn(monitor['spec']['podMetricsEndpoints'][0]['port'],
                  [port['name'] for port in pod['spec']['containers'][0][
                      'ports']])
    self.assertEqual(pod['metadata']['labels'][monitor['spec']['jobLabel']],
                     'gongkai')

  def test_the_autoscalers_metric_is_one_of_the_adapter(self):
    adapter = yaml.safe_load(
        (programs.SOURCE / 'deploy/prometheus/adapter.yml').read_text())
    names = [rule['name']['as'] for rule in adapter['rules']]
    for name in OVERLAYS:
      metrics = held_against(self.rendered[name]).one(
          'HorizontalPodAutoscaler')['spec']['metrics']
      self.assertEqual([metric['type'] for metric in metrics],
                       ['Resource'] + ['Pods'] * (name != 'small'))
      for metric in metrics[1:]:
        self.assertIn(metric['pods']['metric']['name'], names)


# Each makes one thing false, and what the check must say of it.
def _container(documents):
  return documents['Deployment']['spec']['template']['spec']['containers'][0]


def _flag(documents, line):
  data = documents['ConfigMap']['data']
  data['size.flags'] += line + '\n'


MUTANTS = [
    ('readinessProbe does not ask for readiness', lambda d: _container(d)[
        'readinessProbe']['grpc'].update(service='ready')),
    ('livenessProbe does not ask for liveness', lambda d: _container(d)[
        'livenessProbe']['grpc'].update(service='readiness')),
    ('startupProbe asks another port', lambda d: _container(d)[
        'startupProbe']['grpc'].update(port=50051)),
    ('--metrics_address is not on port', lambda d: _container(d)['ports'][
        1].update(containerPort=9090)),
    ('gongkaid has no --worker_processes',
     lambda d: _flag(d, '--worker_processes=4')),
    ('there is no /etc/gongkai/', lambda d: d['ConfigMap']['data'].pop(
        'size.flags')),
    ('--tls_key is not tls.key', lambda d: _flag(d, '--tls_key=/none')),
    ('files mounted one by one', lambda d: _container(d)['volumeMounts'][
        1].update(subPath='tls.crt')),
    ('more than the grace period', lambda d: d['Deployment']['spec'][
        'template']['spec'].update(terminationGracePeriodSeconds=30)),
    ('more than the grace period', lambda d: _container(d).update(
        lifecycle={'preStop': {'sleep': {'seconds': 60}}})),
    ('more than the grace period', lambda d: _flag(d, '--stream_grace=1m')),
    ('request and limit of processors', lambda d: _container(d)['resources'][
        'requests'].update(cpu='500m')),
    ('more workers than processors', lambda d: _flag(d, '--workers=64')),
    ('the memory limit is below', lambda d: _container(d)['resources'][
        'limits'].update(cpu='16') or _container(d)['resources'][
            'requests'].update(cpu='16')),
    ('the memory limit is below',
     lambda d: _flag(d, '--worker_memory_bytes=2147483648')),
    ('the memory request is not', lambda d: _container(d)['resources'][
        'requests'].update(memory='256Mi')),
    ('may run as root', lambda d: d['Deployment']['spec']['template']['spec'][
        'securityContext'].pop('runAsNonRoot')),
    ('has no seccomp profile', lambda d: d['Deployment']['spec']['template'][
        'spec']['securityContext'].update(
            seccompProfile={'type': 'Unconfined'})),
    ('keeps capabilities', lambda d: _container(d)['securityContext'][
        'capabilities'].update(add=['SYS_ADMIN'])),
    ('may gain privileges', lambda d: _container(d)['securityContext'].pop(
        'allowPrivilegeEscalation')),
    ('writes its own root', lambda d: _container(d)['securityContext'].update(
        readOnlyRootFilesystem=False)),
    ('has a token', lambda d: d['Deployment']['spec']['template']['spec'].pop(
        'automountServiceAccountToken')),
    ('does not select its pods', lambda d: d['Deployment']['spec'][
        'selector']['matchLabels'].update(tier='front')),
    ('does not select the pods', lambda d: d['Service']['spec'][
        'selector'].update(tier='front')),
    ('has a port that the pods lack', lambda d: d['Service']['spec']['ports'][
        0].update(targetPort='http')),
    ('the budget does not select', lambda d: d['PodDisruptionBudget']['spec'][
        'selector']['matchLabels'].update(tier='front')),
    ('the budget leaves nothing', lambda d: d['PodDisruptionBudget'][
        'spec'].update(maxUnavailable=6)),
    ('the autoscaler scales something else',
     lambda d: d['HorizontalPodAutoscaler']['spec']['scaleTargetRef'].update(
         name='gongkaid')),
    ('disagree about replicas', lambda d: d['Deployment']['spec'].update(
        replicas=2)),
    ('there is no such service account', lambda d: d['Deployment']['spec'][
        'template']['spec'].update(serviceAccountName='default')),
    ('opens to everybody', lambda d: d['NetworkPolicy']['spec'].update(
        ingress=[{'ports': [{'port': 'grpc'}]}])),
    ('pods may talk to somebody', lambda d: d['NetworkPolicy']['spec'].update(
        egress=[{}])),
]

JOB_MUTANTS = [
    ('SHARDS is not', lambda d: d['Job']['spec'].update(completions=65)),
    ('more pods than shards', lambda d: d['Job']['spec'].update(
        parallelism=100)),
    ('has no --shards', lambda d: d['Job']['spec']['template']['spec'][
        'containers'][0]['args'].append('--shards')),
    ('the memory limit is below', lambda d: d['Job']['spec']['template'][
        'spec']['containers'][0]['resources']['limits'].update(memory='4Gi')),
    ('may run as root', lambda d: d['Job']['spec']['template']['spec'][
        'securityContext'].pop('runAsNonRoot')),
]


class CheckTest(unittest.TestCase):
  """That the check sees what it should."""

  def _expect_complaints(self, documents, mutants, check):
    for complaint, mutate in mutants:
      with self.subTest(complaint):
        changed = copy.deepcopy(documents)
        # The first of each kind.
        by_kind = {d['kind']: d for d in reversed(changed)}
        mutate(by_kind)
        complaints = check(held_against(changed))
        self.assertTrue(any(complaint in c for c in complaints),
                        f'{complaint}: {complaints}')

  def test_every_mistake_is_named(self):
    self._expect_complaints(render('overlays/national'), MUTANTS,
                            manifests.Manifests.check_server)

  def test_every_mistake_of_the_job_is_named(self):
    self._expect_complaints(render('offline'), JOB_MUTANTS,
                            manifests.Manifests.check_job)


class RunningTest(unittest.TestCase):
  """The rendered flags and scripts, run."""

  def test_gongkaid_runs_with_the_rendered_flags(self):
    for overlay in OVERLAYS:
      with self.subTest(overlay), programs.temporary_directory() as name:
        self._run_rendered(overlay, programs.pathlib.Path(name))

  def test_gongkaid_runs_as_the_pod_does(self):
    with programs.temporary_directory() as name:
      directory = programs.pathlib.Path(name)
      security = held_against(render('overlays/small')).one('Deployment')[
          'spec']['template']['spec']['securityContext']
      wrapper = programs.as_in_a_pod(security)
      if wrapper is None:
        self.skipTest('needs root, with mounts of its own')
      for program in ('gongkaid', 'gongkai-worker', '../tests/confined'):
        shutil.copy(programs.BINARIES / program, directory)
      directory.chmod(0o755)
      self.assertEqual(security['seccompProfile'], {'type': 'RuntimeDefault'})
      wrapper += [str(directory / 'confined'), 'container', 'default']
      self._run_rendered('small', directory, program=directory / 'gongkaid',
                         wrapper=wrapper)

  def _run_rendered(self, overlay, directory, **how):
    rendered = held_against(render(f'overlays/{overlay}'))
    pod = rendered.one('Deployment')['spec']['template']['spec']
    container = pod['containers'][0]
    programs.make_certificates(directory)
    (directory / 'tls.key').chmod(0o644)  # as fsGroup makes it readable
    words = list(container['args'])
    for number, (path, text) in enumerate(rendered.flag_files().items()):
      # Ports of their own, and only here; else to the letter.
      for port in container['ports']:
        text = text.replace(f'0.0.0.0:{port["containerPort"]}', '127.0.0.1:0')
      text = text.replace('/run/secrets/gongkai', str(directory))
      local = directory / f'{number}.flags'
      local.write_text(text)
      words = [word.replace(path, str(local)) for word in words]
    # Not to wait for balancers that are not there.
    words += ['--drain_delay=0', '--workers=2']
    with programs.Server(words, **how) as server:
      address = server.read_until(r'listening on (\S+) with').group(1)
      ports = {what: int(server.read_until(
          rf'"{words}"[^\n]*"port":(\d+)').group(1)) for what, words in [
              ('health', 'health is answered for'),
              ('metrics', 'metrics are shown')]}
      for probe in ('startupProbe', 'readinessProbe', 'livenessProbe'):
        service = container[probe]['grpc']['service']
        self.assertEqual(programs.ask_health(ports['health'], service),
                         'SERVING', probe)
      self.assertEqual(programs.ask_health(ports['health'], 'ready'),
                       'UNKNOWN NAME')
      page = server.metrics(ports['metrics'])
      self.assertIn('\ngongkai_ready 1\n', page)
      layers = re.findall(r'^gongkai_sandbox_layer\{.*\} (\d)$', page, re.M)
      self.assertEqual(layers, ['1'] * 4)
      # A caller with a certificate, and reports of every format.
      checked = programs.run([
          programs.BINARIES / 'gongkai', 'check', f'--server={address}',
          f'--tls-ca={directory}/ca.crt',
          f'--tls-certificate={directory}/tls.crt',
          f'--tls-key={directory}/tls.key', programs.SOURCE / 'examples'])
      self.assertEqual(checked.returncode, 1, checked.stdout)
      self.assertEqual(server.stop(), 0)

  def test_a_renewed_secret_is_seen(self):
    with programs.temporary_directory() as name:
      mount = programs.pathlib.Path(name)

      def write_as_the_kubelet(version, days):
        """A new directory, to which one link is turned at once."""
        (mount / version).mkdir()
        programs.make_certificates(mount / version, days)
        (mount / '..data_tmp').symlink_to(version)
        (mount / '..data_tmp').rename(mount / '..data')

      write_as_the_kubelet('..2026_01', 30)
      for file in ('tls.crt', 'tls.key', 'ca.crt'):
        (mount / file).symlink_to(f'..data/{file}')
      with programs.Server([
          '--listen=127.0.0.1:0', '--metrics_address=127.0.0.1:0',
          '--workers=1', f'--tls_certificate={mount}/tls.crt',
          f'--tls_key={mount}/tls.key',
          f'--tls_client_ca={mount}/ca.crt']) as server:
        port = server.read_until(r'metrics are shown.*port=(\d+)').group(1)

        def days_left():
          expiry = re.search(
              r'^gongkai_tls_certificate_expiry_time_seconds (\S+)$',
              server.metrics(port), re.M)[1]
          return (float(expiry) - time.time()) / 86400

        self.assertLess(days_left(), 31)
        write_as_the_kubelet('..2026_02', 90)
        end = time.monotonic() + programs.TIMEOUT
        while days_left() < 31 and time.monotonic() < end:
          time.sleep(0.1)
        self.assertGreater(days_left(), 89)

  def test_a_headless_name_is_all_its_addresses(self):
    with programs.temporary_directory() as name:
      directory = programs.pathlib.Path(name)
      programs.make_certificates(directory)
      hosts = directory / 'hosts'
      hosts.write_text(''.join(f'{address} gongkai-headless\n' for address in
                               ('127.0.0.1', '127.0.0.2')))
      # A name service of the command's own.
      wrapper = ['unshare', '--mount', 'sh', '-ec',
                 f'mount --bind {hosts} /etc/hosts; exec "$@"', 'sh']
      if programs.run([*wrapper, 'true']).returncode != 0:
        self.skipTest('needs root, with mounts of its own')
      flags = [f'--tls_certificate={directory}/tls.crt',
               f'--tls_key={directory}/tls.key', '--workers=1',
               '--drain_delay=0', '--metrics_address=127.0.0.1:0']
      with programs.Server(['--listen=127.0.0.1:0', *flags]) as first:
        port = first.read_until(r'listening on 127.0.0.1:(\d+)').group(1)
        with programs.Server([f'--listen=127.0.0.2:{port}', *flags]) as second:
          second.read_until('listening on')
          result = programs.run([
              *wrapper, programs.BINARIES / 'gongkai', 'check',
              f'--server=gongkai-headless:{port}',
              f'--tls-ca={directory}/ca.crt', programs.SOURCE / 'examples'])
          self.assertEqual(result.returncode, 1, result.stdout)
          # A stream for each. Where they go is gRPC's matter: to the one that
          # is connected first, when there is so little to do.
          streams = 0
          for server in (first, second):
            page = server.metrics(server.read_until(
                r'metrics are shown.*port=(\d+)').group(1))
            streams += int(re.search(r'^grpc_server_call_started_total'
                                     r'\{.*/ProcessReports"\} (\d+)$',
                                     page, re.M)[1])
          self.assertGreaterEqual(streams, 2)

  def test_the_jobs_shards_are_the_collection(self):
    job = held_against(render('offline'))
    self.assertEqual(job.check_job(), [])
    container = job.one('Job')['spec']['template']['spec']['containers'][0]
    examples = programs.SOURCE / 'examples'
    with programs.temporary_directory() as name:
      results = programs.pathlib.Path(name)
      (results / 'tmp').mkdir()
      script = container['args'][0].replace('/results', name).replace(
          '/collection', str(examples))
      shards = 5
      command = container['command'] + [script]
      environment = dict(os.environ, SHARDS=str(shards),
                         TMPDIR=str(results / 'tmp'),
                         PATH=f'{programs.BINARIES}:{os.environ["PATH"]}')
      for index in range(shards):
        for _ in range(2):  # the second finds it done
          run = programs.run(command, env=dict(
              environment, JOB_COMPLETION_INDEX=str(index)))
          self.assertEqual(run.returncode, 0, run.stdout)
      answered = []
      for index in range(shards):
        text = (results / f'shard-{index}-of-{shards}.jsonl').read_text()
        answered += [json.loads(line)['id'] for line in text.splitlines()]
      self.assertEqual(sorted(answered), sorted(
          str(path) for path in examples.rglob('*')
          if path.is_file() and not path.name.startswith('.')
          # Programs, which ask to be left out (.gongkaiignore).
          and examples / 'clients' not in path.parents))
      self.assertEqual(list(results.glob('*.part')), [])
      # What is no result is a failure, to be tried again.
      broken = [word.replace('--format=jsonl', '--format=none')
                for word in command]
      run = programs.run(broken, env=dict(
          environment, JOB_COMPLETION_INDEX='0', SHARDS='7'))
      self.assertEqual(run.returncode, 2)
      self.assertFalse((results / 'shard-0-of-7.jsonl').exists())


if __name__ == '__main__':
  unittest.main()
