# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""The built programs, for tests of what deploys them."""

import os
import pathlib
import re
import selectors
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request

SOURCE = pathlib.Path(os.environ['GONGKAI_SOURCE_DIR'])
BINARIES = pathlib.Path(os.environ['GONGKAI_BINARY_DIR']) / 'bin'

# Generous: the machine may be busy.
TIMEOUT = 60


def run(command, **more):
  """Runs a program to its end; its output as text, in one."""
  if shutil.which(command[0]) is None:
    raise FileNotFoundError(f'{command[0]} is not installed; run ./dev setup')
  return subprocess.run([str(word) for word in command], text=True,
                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                        timeout=TIMEOUT, check=False, **more)


def server_flags():
  """The flags of gongkaid, each with its default."""
  text = run([BINARIES / 'gongkaid', '--helpfull']).stdout
  return {name: default.strip().strip('"') for name, default in re.findall(
      r'^ +--(\w+) \(.*?\);\s+default:(.*?);', text, re.M | re.S)}


def command_flags():
  """The flags of `gongkai check`."""
  text = run([BINARIES / 'gongkai', 'help', 'check']).stdout
  return set(re.findall(r'--([a-z][a-z-]*)', text))


class Server:
  """A running gongkaid; ends with the block it is used in."""

  def __init__(self, flags, program=BINARIES / 'gongkaid', wrapper=()):
    self.log = ''
    self._process = subprocess.Popen(
        [*wrapper, str(program), *flags], stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)

  def __enter__(self):
    return self

  def __exit__(self, *unused):
    if self._process.poll() is None:
      self._process.kill()
    self._process.wait()
    self._process.stderr.close()

  def read_until(self, pattern):
    """Reads the log until a line matches; its match."""
    end = time.monotonic() + TIMEOUT
    with selectors.DefaultSelector() as selector:
      selector.register(self._process.stderr, selectors.EVENT_READ)
      while True:
        found = re.search(pattern, self.log)
        if found:
          return found
        if not selector.select(end - time.monotonic()):
          break
        piece = os.read(self._process.stderr.fileno(), 65536).decode()
        if not piece:
          break
        self.log += piece
    raise AssertionError(f'no line with {pattern} in:\n{self.log}')

  def metrics(self, port):
    with urllib.request.urlopen(f'http://127.0.0.1:{port}/metrics',
                                timeout=TIMEOUT) as page:
      return page.read().decode()

  def stop(self):
    """Ends it as the kubelet does; its exit status."""
    self._process.send_signal(signal.SIGTERM)
    return self._process.wait(timeout=TIMEOUT)


def as_in_a_pod(security):
  """Words before a command that hold it as the security contexts of a pod and
  its container do, but for seccomp (tests/confined does that): user, no
  capabilities, no new privileges, a root that cannot be written. None if that
  takes more than this user may."""
  words = ['unshare', '--mount', 'sh', '-ec',
           'mount --make-rprivate /; mount -o remount,bind,ro /; exec "$@"',
           'sh', 'setpriv', f'--reuid={security["runAsUser"]}',
           f'--regid={security["runAsGroup"]}', '--clear-groups',
           '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all']
  return words if run([*words, 'true']).returncode == 0 else None


def ask_health(port, service):
  """What a gRPC probe is told: 'SERVING', 'NOT_SERVING' or 'UNKNOWN NAME'.

  By hand, since Debian has no tool for it: an HTTP/2 connection in plain text
  with one call of grpc.health.v1.Health/Check.
  """

  def frame(kind, flags, stream, payload):
    return struct.pack('>I', len(payload))[1:] + struct.pack(
        '>BBI', kind, flags, stream) + payload

  def header(name, value):  # HPACK: literal, without indexing, new name
    return b''.join([b'\0', bytes([len(name)]), name.encode(),
                     bytes([len(value)]), value.encode()])

  headers = b''.join(header(name, value) for name, value in [
      (':method', 'POST'), (':scheme', 'http'),
      (':path', '/grpc.health.v1.Health/Check'), (':authority', 'probe'),
      ('content-type', 'application/grpc'), ('te', 'trailers')])
  message = b'\x0a' + bytes([len(service)]) + service.encode()
  with socket.create_connection(('127.0.0.1', port), timeout=TIMEOUT) as probe:
    probe.sendall(
        b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' + frame(4, 0, 0, b'') +
        frame(1, 4, 1, headers) +
        frame(0, 1, 1, b'\0' + struct.pack('>I', len(message)) + message))
    stream = probe.makefile('rb')
    answer = b''
    while True:
      head = stream.read(9)
      if len(head) < 9:
        raise AssertionError('the connection ended without an answer')
      size, kind, flags = int.from_bytes(head[:3], 'big'), head[3], head[4]
      payload = stream.read(size)
      if kind == 0:
        answer += payload
      if kind in (0, 1) and flags & 1:  # the end of the stream
        break
  if not answer:
    return 'UNKNOWN NAME'
  return 'SERVING' if answer[5:] == b'\x08\x01' else 'NOT_SERVING'


def make_certificates(directory, days=30):
  """tls.crt, tls.key and ca.crt as cert-manager's secrets have them."""
  run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
       'ec_paramgen_curve:prime256v1', '-nodes', '-days', days, '-subj',
       '/CN=trial', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:gongkai-headless', '-keyout', directory / 'tls.key', '-out',
       directory / 'tls.crt'])
  shutil.copy(directory / 'tls.crt', directory / 'ca.crt')


def temporary_directory():
  return tempfile.TemporaryDirectory(prefix='gongkai-deploy-')
