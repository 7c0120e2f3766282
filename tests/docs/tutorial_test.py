# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/TUTORIAL.md shows what the programs do.

Its blocks marked sh run in one shell, in order, where the repository's examples
are; a block marked text is what the block before it prints, on both outputs.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ['GONGKAI_SOURCE_DIR'])
BINARIES = pathlib.Path(os.environ['GONGKAI_BINARY_DIR']) / 'bin'
TEXT = (SOURCE / 'docs/TUTORIAL.md').read_text(encoding='utf-8')

# Stands before the output of each block, with its status after it.
MARK = '@@ block'


def steps():
  """Pairs of a block to run and what it shows, None for nothing."""
  made = []
  for skipped, kind, body in re.findall(
      r'^(<!-- not run -->\n)?```(\w+)\n(.*?)^```$', TEXT, re.M | re.S):
    if kind == 'sh' and not skipped:
      made.append([body, None])
    elif kind == 'text':
      made[-1][1] = body
  return made


def pattern_of(shown):
  """A pattern of the output that a block of text shows."""
  lines = []
  for line in shown.splitlines():
    if line == '…':
      lines.append(r'(?:.*\n)*?')
    else:
      lines.append('.*'.join(map(re.escape, line.split('…'))) + r'\n')
  return ''.join(lines)


def run(blocks, directory):
  """The status and output of each block."""
  script = ''.join(f'{block}printf "{MARK} %d\\n" $?\n' for block in blocks)
  environment = {**os.environ, 'HOME': str(directory), 'LANG': 'C.UTF-8',
                 'PATH': f'{BINARIES}:{os.environ["PATH"]}'}
  with subprocess.Popen(['bash', '-c', script], cwd=directory, text=True,
                        encoding='utf-8', env=environment,
                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                        stderr=subprocess.STDOUT,
                        start_new_session=True) as shell:
    try:
      output = shell.communicate(timeout=90)[0]
    finally:
      if shell.poll() is None:
        os.killpg(shell.pid, signal.SIGKILL)
  pieces = re.split(rf'^{MARK} (\d+)\n', output, flags=re.M)
  return list(zip(map(int, pieces[1::2]), pieces[0::2]))


class TutorialTest(unittest.TestCase):

  def test_shows_what_is_printed(self):
    blocks = steps()
    self.assertGreater(len(blocks), 10)
    with tempfile.TemporaryDirectory(prefix='gongkai-tutorial-') as directory:
      shutil.copytree(SOURCE / 'examples', pathlib.Path(directory) / 'examples')
      results = run([block for block, _ in blocks], directory)
    self.assertEqual(len(results), len(blocks), results[-1:])
    for (block, shown), (status, output) in zip(blocks, results):
      with self.subTest(block):
        # A check may find something; all else has to go well.
        self.assertLessEqual(status, 2 if block.startswith('gongkai check')
                             else 0, output)
        if shown is None:
          self.assertEqual(output, '')
        elif not re.fullmatch(pattern_of(shown), output):
          self.fail(f'docs/TUTORIAL.md shows\n{shown}\nbut this is printed:\n'
                    f'{output}')

  def test_every_link_leads_somewhere(self):
    for path in re.findall(r'\]\(([^#)]+)[#)]', TEXT):
      self.assertTrue((SOURCE / 'docs' / path).exists(), path)

  def test_a_pattern_holds_what_is_shown_and_nothing_else(self):
    pattern = pattern_of('a…c\n…\nz\n')
    self.assertRegex('abc\nz\n', rf'\A{pattern}\Z')
    self.assertRegex('ac\nb\nb\nz\n', rf'\A{pattern}\Z')
    self.assertNotRegex('ab\nz\n', rf'\A{pattern}\Z')
    self.assertNotRegex('ac\nz\ny\n', rf'\A{pattern}\Z')


if __name__ == '__main__':
  unittest.main()
