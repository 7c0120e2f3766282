#!/usr/bin/python3
# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""Writes docs/API.md, on standard output, from the protos' comments.

What the comments say is not said again here: they are the manual, for readers
of the protos and of the page alike. `./dev docs` runs this.
"""

import importlib
import pathlib
import re
import subprocess
import sys
import tempfile

from google.protobuf import descriptor_pb2

PROTO = pathlib.Path(__file__).resolve().parent.parent / 'proto'
PACKAGE = 'gongkai.v1'

# What a caller meets first comes first.
FILES = ['report_service', 'report', 'finding', 'cell', 'template']

# The numbers by which descriptor.proto's fields name elements in paths.
SERVICE, METHOD = 6, 2
MESSAGE, FIELD, NESTED_MESSAGE, NESTED_ENUM, ONEOF = 4, 2, 3, 4, 8
ENUM, VALUE = 5, 2

HEAD = '''\
# API reference

<!-- Written by ./dev docs from the comments in proto/gongkai/v1; do not edit. -->

The package `gongkai.v1`, as a server on port 50051 serves it, beside
`grpc.health.v1` and reflection. Clients: [As a service](../README.md#as-a-service)
for C++, [examples/clients/](../examples/clients/) for other languages. What to do
about each status and outcome: [RUNBOOK.md](RUNBOOK.md#statuses). Rules:
[RULES.md](RULES.md).

An enum that is not frozen may get further values: expect numbers that you do not
know.

## Contents
'''


def load():
  """The files' descriptors with their comments."""
  with tempfile.TemporaryDirectory(prefix='gongkai-api-') as directory:
    out = pathlib.Path(directory)
    names = [f'gongkai/v1/{name}.proto' for name in FILES]
    known = {str(path.relative_to(PROTO)) for path in
             (PROTO / 'gongkai/v1').glob('*.proto')}
    if known != set(names):
      sys.exit(f'docs/api_reference.py: FILES lacks {known - set(names)}')
    subprocess.run(['protoc', f'-I{PROTO}', '--include_source_info',
                    f'--descriptor_set_out={out}/set', f'--python_out={out}',
                    *names], check=True)
    # The option `key` is read where its definition is known.
    sys.dont_write_bytecode = True
    sys.path.insert(0, directory)
    cell = importlib.import_module('gongkai.v1.cell_pb2')
    files = descriptor_pb2.FileDescriptorSet.FromString(
        (out / 'set').read_bytes()).file
    return {file.name: file for file in files}, names, cell.key


def anchor(heading):
  """GitHub's, of the headings of this page."""
  return re.sub(r'[^\w -]', '', heading).lower().replace(' ', '-')


def link(name):
  return f'[{name}](#{anchor(name)})'


def short(type_name):
  return type_name.removeprefix(f'.{PACKAGE}.')


class Page:
  """The lines of the page, and what words of comments lead to."""

  def __init__(self, files, names, key):
    self._files = [files[name] for name in names]
    self._key = key
    self._lines = []
    self._targets = {}  # word -> heading
    self._comments = {}
    for file in self._files:
      for service in file.service:
        for method in service.method:
          self._targets[method.name] = method.name
          self._targets[f'{service.name}.{method.name}'] = method.name
      self._learn('', file.message_type, file.enum_type)

  def _learn(self, outer, messages, enums):
    for enum in enums:
      self._targets[outer + enum.name] = outer + enum.name
      for value in enum.value:
        self._targets[value.name] = outer + enum.name
    for message in messages:
      name = outer + message.name
      self._targets[name] = name
      for field in message.field:
        self._targets[f'{name}.{field.name}'] = name
      self._learn(f'{name}.', message.nested_type, message.enum_type)

  def text(self):
    for file in self._files:
      self._contents(file)
    self._add('')
    for file in self._files:
      self._comments = {tuple(location.path): location.leading_comments
                        for location in file.source_code_info.location
                        if location.leading_comments}
      self._file(file)
    return HEAD + '\n'.join(self._lines) + '\n'

  def _add(self, *lines):
    self._lines.extend(lines)

  def _contents(self, file):
    def names(outer, messages, enums):
      for message in messages:
        if message.options.map_entry:
          continue
        yield link(outer + message.name)
        yield from names(f'{outer}{message.name}.', message.nested_type,
                         message.enum_type)
      yield from (link(outer + enum.name) for enum in enums)

    base = pathlib.PurePath(file.name).name
    self._add('', f'**{link(base)}**', '')
    for service in file.service:
      self._add(f'* {link(service.name)}: ' +
                ', '.join(link(method.name) for method in service.method))
    for kind, found in [('messages', names('', file.message_type, [])),
                        ('enums', names('', [], file.enum_type))]:
      found = ', '.join(found)
      if found:
        self._add(f'* {kind}: {found}')

  def _comment(self, path, name, own=''):
    """A comment as Markdown, a line a line."""
    if path not in self._comments:
      sys.exit(f'docs/api_reference.py: {name} has no comment')
    lines = [line.removeprefix(' ').rstrip()
             for line in self._comments[path].rstrip().split('\n')]
    return '\n'.join(self._markdown(line, own) for line in lines)

  def _markdown(self, line, own):
    """Signs that Markdown would take for its own are escaped; names of elements
    are links. A word with one capital may be English: no link."""
    bullet = re.match(r'\* ', line)
    pieces = re.split(r'(`[^`]*`)', line[2:] if bullet else line)

    def to_link(word):
      heading = self._targets.get(word[0])
      telling = re.search(r'[a-z][A-Z]|_|\.', word[0])
      if heading is None or heading == own or not telling:
        return word[0]
      return f'[{word[0]}](#{anchor(heading)})'

    for i in range(0, len(pieces), 2):
      escaped = re.sub(r'([\\*<>|\[\]])', r'\\\1', pieces[i])
      pieces[i] = re.sub(r'\w+(?:\.\w+)*', to_link, escaped)
    return ('* ' if bullet else '') + ''.join(pieces)

  def _cell(self, path, name, own):
    """A comment within a table."""
    text = self._comment(path, name, own)
    return re.sub(r'\n+', lambda end: ' ' if len(end[0]) == 1 else '<br>', text)

  def _file(self, file):
    self._add(f'## {pathlib.PurePath(file.name).name}', '')
    for i, service in enumerate(file.service):
      self._service((SERVICE, i), service)
    for i, message in enumerate(file.message_type):
      self._message((MESSAGE, i), '', message)
    for i, enum in enumerate(file.enum_type):
      self._enum((ENUM, i), '', enum)

  def _service(self, path, service):
    self._add(f'### {service.name}', '',
              self._comment(path, service.name, service.name), '')
    for i, method in enumerate(service.method):
      request, response = link(short(method.input_type)), link(
          short(method.output_type))
      if method.client_streaming:
        request = f'stream of {request}'
      if method.server_streaming:
        response = f'stream of {response}'
      self._add(f'#### {method.name}', '', f'{request} → {response}', '',
                self._comment((*path, METHOD, i), method.name, method.name), '')

  def _message(self, path, outer, message):
    if message.options.map_entry:
      return
    name = outer + message.name
    self._add(f'### {name}', '', self._comment(path, name, name), '')
    for i, oneof in enumerate(message.oneof_decl):
      of = [f'`{field.name}`' for field in message.field
            if field.HasField('oneof_index') and field.oneof_index == i]
      self._add(f'One of {", ".join(of)} (`oneof {oneof.name}`): ' +
                self._comment((*path, ONEOF, i), oneof.name, name), '')
    if message.field:
      self._add('| no. | field | type | |', '| ---: | --- | --- | --- |')
    else:
      self._add('No fields.')
    for i, field in enumerate(message.field):
      about = self._cell((*path, FIELD, i), f'{name}.{field.name}', name)
      self._add(f'| {field.number} | `{field.name}` | '
                f'{self._type(message, field)} | {about} |')
    self._add('')
    for i, nested in enumerate(message.nested_type):
      self._message((*path, NESTED_MESSAGE, i), f'{name}.', nested)
    for i, enum in enumerate(message.enum_type):
      self._enum((*path, NESTED_ENUM, i), f'{name}.', enum)

  def _type(self, message, field):
    for nested in message.nested_type:
      if nested.options.map_entry and field.type_name.endswith(
          f'.{message.name}.{nested.name}'):
        key, value = (self._type(nested, part) for part in nested.field)
        return f'map of {key} to {value}'
    if field.type_name:
      name = link(short(field.type_name))
    else:
      kind = descriptor_pb2.FieldDescriptorProto.Type.Name(field.type)
      name = f'`{kind.removeprefix("TYPE_").lower()}`'
    repeated = field.label == descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED
    return f'repeated {name}' if repeated else name

  def _enum(self, path, outer, enum):
    name = outer + enum.name
    keyed = any(value.options.HasExtension(self._key) for value in enum.value)
    self._add(f'### {name}', '', self._comment(path, name, name), '')
    if keyed:
      self._add('The key is the word in cell paths, exports and rules.', '')
    self._add('| no. | value |' + (' key |' if keyed else '') + ' |',
              '| ---: | --- |' + (' --- |' if keyed else '') + ' --- |')
    for i, value in enumerate(enum.value):
      key = value.options.Extensions[self._key] if keyed else ''
      column = f' `{key}` |' if key else ' |' if keyed else ''
      about = self._cell((*path, VALUE, i), value.name, name)
      self._add(f'| {value.number} | `{value.name}` |{column} {about} |')
    self._add('')


if __name__ == '__main__':
  sys.stdout.reconfigure(encoding='utf-8')
  print(Page(*load()).text().rstrip())
