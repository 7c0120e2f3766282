# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/API.md is what the protos say, and readable."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(os.environ['GONGKAI_SOURCE_DIR'])
TEXT = (SOURCE / 'docs/API.md').read_text(encoding='utf-8')


class ApiReferenceTest(unittest.TestCase):

  def test_is_what_the_protos_say(self):
    made = subprocess.run([sys.executable, SOURCE / 'docs/api_reference.py'],
                          stdout=subprocess.PIPE, timeout=60, check=True)
    # Not assertEqual, which would print both.
    self.assertTrue(made.stdout.decode() == TEXT,
                    'docs/API.md is not what the protos say; run ./dev docs')

  def test_has_every_element(self):
    for path in (SOURCE / 'proto/gongkai/v1').glob('*.proto'):
      text = re.sub(r'^\s*//.*$', '', path.read_text(encoding='utf-8'),
                    flags=re.M)
      for name in re.findall(r'\b(?:message|enum|rpc|service) (\w+)', text):
        self.assertRegex(TEXT, rf'(?m)^###+ (?:\w+\.)?{name}$')
      # Fields and values, but not the option that is defined for the latter.
      text = re.sub(r'^extend .*?^}', '', text, flags=re.M | re.S)
      for name, number in re.findall(r'(\w+)\s*=\s*(\d+)\s*[;\[]', text):
        self.assertIn(f'| {number} | `{name}` |', TEXT)

  def test_every_link_leads_to_one_heading(self):
    headings = [re.sub(r'[^\w -]', '', heading).lower().replace(' ', '-')
                for heading in re.findall(r'^#+ (.+)$', TEXT, re.M)]
    self.assertEqual(len(headings), len(set(headings)))
    links = re.findall(r'\]\(#([^)]+)\)', TEXT)
    self.assertGreater(len(links), 100)
    for link in links:
      self.assertIn(link, headings)
    for path in re.findall(r'\]\(([^#)]+)[#)]', TEXT):
      self.assertTrue((SOURCE / 'docs' / path).exists(), path)

  def test_rows_of_tables_have_the_columns_of_their_heads(self):
    columns = None
    for line in TEXT.split('\n'):
      if not line.startswith('|'):
        columns = None
        continue
      bars = len(re.findall(r'(?<!\\)\|', line))
      columns = columns or bars
      self.assertEqual(bars, columns, line)
      self.assertTrue(line.endswith('|'), line)


if __name__ == '__main__':
  unittest.main()
