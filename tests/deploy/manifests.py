# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""What must be true of rendered Kubernetes manifests.

An API server takes much of it without a word: a probe that asks for a name that
nobody serves, a memory limit that the workers' limits do not fit into.
"""

import datetime
import re

MIB = 1 << 20
# What the front takes beside its budgets, and one idle call (service/limits.h).
FRONT_BYTES = 128 * MIB
CALL_BYTES = 32 << 10
# What a worker commonly takes.
USUAL_WORKER_BYTES = 64 * MIB


def quantity(text):
  """Kubernetes' "2", "250m", "4608Mi" as a number."""
  number, unit = re.fullmatch(r'([0-9.]+)(m|Ki|Mi|Gi|)', str(text)).groups()
  scale = {'m': 1e-3, '': 1, 'Ki': 1 << 10, 'Mi': 1 << 20, 'Gi': 1 << 30}
  return float(number) * scale[unit]


def seconds(text):
  """A duration as Abseil's flags have it: "1m30s"."""
  units = {'h': 3600, 'm': 60, 's': 1, 'ms': 1e-3}
  return sum(float(number) * units[unit] for number, unit in
             re.findall(r'([0-9.]+)(h|ms|m|s)', text))


class Manifests:
  """The documents of one rendering."""

  def __init__(self, documents, server_flags, command_flags):
    self.documents = documents
    self._server_flags = server_flags
    self._command_flags = command_flags
    self.complaints = []

  def all(self, kind):
    return [d for d in self.documents if d['kind'] == kind]

  def one(self, kind):
    return self.all(kind)[0]

  def expect(self, holds, complaint):
    if not holds:
      self.complaints.append(complaint)

  # The pieces that other tests need, too ------------------------------------

  def flag_files(self):
    """The configuration's files by their paths in the pod."""
    pod = self.one('Deployment')['spec']['template']['spec']
    container = pod['containers'][0]
    files = {}
    for mount in container['volumeMounts']:
      volume = next(v for v in pod['volumes'] if v['name'] == mount['name'])
      name = volume.get('configMap', {}).get('name')
      for config in self.all('ConfigMap'):
        if config['metadata']['name'] == name:
          for key, text in config['data'].items():
            files[f'{mount["mountPath"]}/{key}'] = text
    return files

  def flags(self):
    """gongkaid's flags as given by arguments and their files."""
    container = self.one('Deployment')['spec']['template']['spec'][
        'containers'][0]
    files = self.flag_files()
    words = []
    for word in container['args']:
      name, _, value = word.partition('=')
      if name != '--flagfile':
        words.append(word)
        continue
      for path in value.split(','):
        self.expect(path in files, f'there is no {path}')
        words += [line for line in files.get(path, '').splitlines()
                  if line and not line.startswith('#')]
    return dict(word.removeprefix('--').partition('=')[::2] for word in words)

  # What is checked ----------------------------------------------------------

  def check_server(self):
    """All of a rendered overlay; the complaints."""
    self._check_flags()
    self._check_grace()
    self._check_resources()
    self._check_pod(self.one('Deployment')['spec']['template']['spec'])
    self._check_selectors()
    self._check_replicas()
    self._check_network()
    return self.complaints

  def _value(self, flag):
    return self.flags().get(flag, self._server_flags.get(flag, '0'))

  def _check_flags(self):
    flags = self.flags()
    for flag in flags:
      self.expect(flag in self._server_flags, f'gongkaid has no --{flag}')
    container = self.one('Deployment')['spec']['template']['spec'][
        'containers'][0]
    ports = {port['name']: port['containerPort'] for port in
             container['ports']}
    for port, flag in [('grpc', 'listen'), ('metrics', 'metrics_address'),
                       ('health', 'health_address')]:
      self.expect(flags.get(flag, '').endswith(f':{ports.get(port)}'),
                  f'--{flag} is not on port {port}')
    for probe in ('startupProbe', 'readinessProbe', 'livenessProbe'):
      self.expect(container[probe]['grpc']['port'] == ports.get('health'),
                  f'{probe} asks another port than --health_address')
      wanted = 'readiness' if probe == 'readinessProbe' else 'liveness'
      self.expect(container[probe]['grpc'].get('service') == wanted,
                  f'{probe} does not ask for {wanted}')
    annotations = self.one('Deployment')['spec']['template']['metadata'][
        'annotations']
    self.expect(annotations['prometheus.io/port'] == str(ports['metrics']),
                'the annotation of the metrics names another port')
    tls = next(mount['mountPath'] for mount in container['volumeMounts']
               if mount['name'] == 'tls')
    for flag, file in [('tls_certificate', 'tls.crt'), ('tls_key', 'tls.key'),
                       ('tls_client_ca', 'ca.crt')]:
      self.expect(flags.get(flag) == f'{tls}/{file}',
                  f'--{flag} is not {file} of the secret')
    for mount in container['volumeMounts']:
      self.expect('subPath' not in mount,
                  f'{mount["name"]}: files mounted one by one never change')

  def _check_grace(self):
    pod = self.one('Deployment')['spec']['template']['spec']
    needed = sum(seconds(self._value(flag)) for flag in
                 ('drain_delay', 'grace', 'stream_grace'))
    stop = pod['containers'][0].get('lifecycle', {}).get('preStop', {})
    self.expect('exec' not in stop, 'preStop needs programs in the image')
    needed += stop.get('sleep', {}).get('seconds', 0)
    self.expect(pod['terminationGracePeriodSeconds'] >= needed,
                f'the drain may take {needed:g} s, more than the grace period')

  def _check_resources(self):
    resources = self.one('Deployment')['spec']['template']['spec'][
        'containers'][0]['resources']
    requests, limits = resources['requests'], resources['limits']
    self.expect(quantity(requests['cpu']) == quantity(limits['cpu']),
                'request and limit of processors differ')
    number = lambda flag: int(self._value(flag))
    workers = number('workers') or max(1, int(quantity(limits['cpu'])))
    self.expect(workers <= quantity(limits['cpu']),
                'more workers than processors')
    processes = (workers + number('spare_workers') +
                 number('max_collections') + 1)
    worst = (FRONT_BYTES + number('max_queued_bytes') +
             number('max_transport_bytes') + CALL_BYTES * number('max_calls') +
             processes * number('worker_memory_bytes'))
    self.expect(quantity(limits['memory']) >= worst,
                f'the memory limit is below {worst / MIB:.0f}Mi')
    usual = (FRONT_BYTES + number('max_queued_bytes') +
             processes * USUAL_WORKER_BYTES)
    self.expect(
        usual <= quantity(requests['memory']) <= quantity(limits['memory']),
        f'the memory request is not from {usual / MIB:.0f}Mi to the limit')

  def _check_pod(self, pod):
    """Of the Pod Security Standard "restricted", and what is ours."""
    security = pod.get('securityContext', {})
    self.expect(security.get('runAsNonRoot') is True, 'may run as root')
    self.expect(security.get('runAsUser', 0) > 0, 'runs as root or by name')
    self.expect(security.get('seccompProfile') == {'type': 'RuntimeDefault'},
                'has no seccomp profile')
    self.expect(pod.get('automountServiceAccountToken') is False,
                'has a token of the API server')
    for key in ('hostNetwork', 'hostPID', 'hostIPC'):
      self.expect(not pod.get(key), f'has {key}')
    for container in pod['containers'] + pod.get('initContainers', []):
      own = container.get('securityContext', {})
      self.expect(own.get('allowPrivilegeEscalation') is False,
                  'may gain privileges')
      self.expect(own.get('readOnlyRootFilesystem') is True,
                  'writes its own root')
      self.expect(own.get('capabilities', {}).get('drop') == ['ALL'] and
                  not own['capabilities'].get('add'), 'keeps capabilities')
      self.expect(not own.get('privileged'), 'is privileged')
      for key in ('runAsUser', 'runAsNonRoot', 'seccompProfile'):
        self.expect(key not in own, f'a container overrides {key}')
    for volume in pod.get('volumes', []):
      self.expect('hostPath' not in volume, 'reads the node\'s files')

  def _check_selectors(self):
    deployment = self.one('Deployment')
    labels = deployment['spec']['template']['metadata']['labels']
    fits = lambda selector: selector and selector.items() <= labels.items()
    self.expect(fits(deployment['spec']['selector']['matchLabels']),
                'the Deployment does not select its pods')
    ports = {port['name'] for port in deployment['spec']['template']['spec'][
        'containers'][0]['ports']}
    for service in self.all('Service'):
      name = service['metadata']['name']
      self.expect(fits(service['spec']['selector']),
                  f'Service {name} does not select the pods')
      for port in service['spec']['ports']:
        self.expect(port['targetPort'] in ports,
                    f'Service {name} has a port that the pods lack')
    self.expect(any(s['spec'].get('clusterIP') == 'None' for s in
                    self.all('Service')), 'there is no headless Service')
    self.expect(fits(self.one('PodDisruptionBudget')['spec']['selector'][
        'matchLabels']), 'the budget does not select the pods')
    for spread in deployment['spec']['template']['spec'][
        'topologySpreadConstraints']:
      self.expect(fits(spread['labelSelector']['matchLabels']),
                  'the spread does not select the pods')
    names = {(d['kind'], d['metadata']['name']) for d in self.documents}
    pod = deployment['spec']['template']['spec']
    self.expect(('ServiceAccount', pod['serviceAccountName']) in names,
                'there is no such service account')
    for document in self.documents:
      if document['kind'] != 'Namespace':
        self.expect(document['metadata'].get('namespace') == 'gongkai',
                    f'{document["kind"]} is in no namespace')

  def _check_replicas(self):
    scaler = self.one('HorizontalPodAutoscaler')['spec']
    target = scaler['scaleTargetRef']
    self.expect(target['name'] == self.one('Deployment')['metadata']['name'] and
                target['kind'] == 'Deployment',
                'the autoscaler scales something else')
    self.expect('replicas' not in self.one('Deployment')['spec'],
                'the Deployment and the autoscaler disagree about replicas')
    self.expect(scaler['minReplicas'] <= scaler['maxReplicas'],
                'the autoscaler has less at most than at least')
    budget = self.one('PodDisruptionBudget')['spec']
    left = (scaler['minReplicas'] - budget['maxUnavailable']
            if 'maxUnavailable' in budget else budget['minAvailable'])
    self.expect(0 < left < scaler['minReplicas'],
                'the budget leaves nothing, or lets nothing be evicted')

  def _check_network(self):
    policies = [d['spec'] for d in self.all('NetworkPolicy')]
    self.expect(any(p['podSelector'] == {} and
                    p['policyTypes'] == ['Ingress', 'Egress'] and
                    not p.get('ingress') and not p.get('egress')
                    for p in policies), 'there is no default of nobody')
    self.expect(not any(p.get('egress') for p in policies),
                'pods may talk to somebody')
    labels = self.one('Deployment')['spec']['template']['metadata']['labels']
    open_ports = set()
    for policy in policies:
      if policy.get('ingress'):
        self.expect(policy['podSelector'].get('matchLabels', {}).items() <=
                    labels.items(), 'a policy is for other pods')
      for rule in policy.get('ingress', []):
        self.expect(rule.get('from') and rule.get('ports'),
                    'a policy opens to everybody, or everything')
        open_ports |= {port['port'] for port in rule.get('ports', [])}
    self.expect(open_ports == {'grpc', 'metrics'},
                'other ports are open than those of calls and metrics')

  def check_job(self):
    """The offline Job; the complaints."""
    job = self.one('Job')['spec']
    pod = job['template']['spec']
    container = pod['containers'][0]
    self._check_pod(pod)
    self.expect(job['completionMode'] == 'Indexed', 'the Job has no index')
    self.expect(job['parallelism'] <= job['completions'],
                'more pods than shards')
    self.expect(pod['restartPolicy'] == 'Never',
                'podFailurePolicy wants restartPolicy Never')
    shards = {e['name']: e['value'] for e in container['env']}.get('SHARDS')
    self.expect(shards == str(job['completions']),
                'SHARDS is not the number of completions')
    script = ' '.join(container['command'] + container['args'])
    self.expect('--shard="$JOB_COMPLETION_INDEX/$SHARDS"' in script,
                'the pods do not share the work')
    for flag in re.findall(r'--([a-z][a-z-]*)', script):
      self.expect(flag in self._command_flags, f'gongkai has no --{flag}')
    for mount in container['volumeMounts']:
      self.expect(mount['name'] in {v['name'] for v in pod['volumes']},
                  f'there is no volume {mount["name"]}')
      self.expect(mount['mountPath'] == '/tmp' or mount['mountPath'] in script,
                  f'nobody uses {mount["mountPath"]}')
    resources = container['resources']
    cpu = quantity(resources['limits']['cpu'])
    self.expect(cpu == quantity(resources['requests']['cpu']),
                'request and limit of processors differ')
    number = lambda flag: int(self._server_flags[flag])
    worst = (FRONT_BYTES + number('max_queued_bytes') +
             number('max_transport_bytes') +
             (int(cpu) + number('spare_workers') + 1) *
             number('worker_memory_bytes'))
    self.expect(quantity(resources['limits']['memory']) >= worst,
                f'the memory limit is below {worst / MIB:.0f}Mi')
    return self.complaints

  def check_certificates(self, services):
    """Those of cert-manager; the complaints."""
    server = next(c['spec'] for c in self.all('Certificate')
                  if c['spec']['secretName'] == 'gongkai-tls')
    for service in services:
      self.expect(f'{service}.gongkai.svc' in server['dnsNames'],
                  f'the certificate does not name {service}')
    issuers = {i['metadata']['name'] for i in self.all('Issuer')}
    for certificate in self.all('Certificate'):
      self.expect(certificate['spec']['issuerRef']['name'] in issuers,
                  'there is no such issuer')
    hours = lambda text: datetime.timedelta(hours=int(text.rstrip('h')))
    self.expect(hours(server['duration']) - hours(server['renewBefore']) >
                datetime.timedelta(days=1), 'is renewed all the time')
    return self.complaints
