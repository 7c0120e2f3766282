# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0

"""docs/RUNBOOK.md has what can happen, all of it and nothing else."""

import re
import unittest

import programs
import yaml

TEXT = (programs.SOURCE / 'docs/RUNBOOK.md').read_text()


def source(path):
  return (programs.SOURCE / path).read_text()


def section(title):
  """From a heading to the next of its rank."""
  rank = title.split()[0]
  return re.split(rf'^{rank} ', TEXT.split(title + '\n')[1], flags=re.M)[0]


def first_cells(text):
  return re.findall(r'^\| `(\w+)` \|', text, re.M)


class RunbookTest(unittest.TestCase):

  def test_an_entry_for_every_alert_and_no_other(self):
    groups = yaml.safe_load(source('deploy/prometheus/rules.yml'))['groups']
    alerts = {rule['alert'] for group in groups for rule in group['rules']
              if 'alert' in rule}
    self.assertEqual(set(re.findall(r'^### (\w+)$', section('# Alerts'),
                                    re.M)), alerts)

  def test_every_entry_says_where_to_look_and_what_to_do(self):
    for entry in section('# Alerts').split('\n### ')[1:]:
      with self.subTest(entry.split('\n')[0]):
        self.assertRegex(entry, r'\*Look( and do)?:\*')
        self.assertRegex(entry, r'\*(Look and do|Do):\*')

  def test_every_reason(self):
    reasons = set(re.findall(r'"([A-Z]+_[A-Z_]+|STOPPING)"',
                             source('service/rich_status.cc')))
    self.assertGreater(len(reasons), 5)
    listed = first_cells(section('## Statuses').split('Statuses without')[0])
    self.assertEqual(sorted(listed), sorted(reasons))

  def test_every_status_of_the_service(self):
    code = ''.join(path.read_text() for path in
                   sorted((programs.SOURCE / 'service').glob('*.cc')))
    for status in set(re.findall(r'StatusCode::([A-Z_]+)', code)) - {'OK'}:
      self.assertIn(status, section('## Statuses'))

  def test_every_outcome(self):
    enum = re.search(r'^enum Outcome \{.*?^\}',
                     source('proto/gongkai/v1/report_service.proto'),
                     re.M | re.S)[0]
    outcomes = re.findall(r'^  (OUTCOME_\w+) =', enum, re.M)
    outcomes.remove('OUTCOME_UNSPECIFIED')
    self.assertEqual(first_cells(section('## Outcomes')), outcomes)

  def test_every_exit_status(self):
    listed = re.findall(r'^\| `(\w+)` \| (\d+) \|', section('## Exit statuses'),
                        re.M)
    for program, enum in [('gongkai', 'client/cli/check.h'),
                          ('gongkaid', 'service/gongkaid.cc')]:
      body = re.search(r'enum Exit\w+[^{]*\{(.*?)\}', source(enum), re.S)[1]
      self.assertEqual([int(status) for name, status in listed
                        if name == program],
                       [int(n) for n in re.findall(r'= (\d+)', body)])

  def test_every_link_leads_somewhere(self):
    anchors = {heading.lower().replace(' ', '-') for heading in
               re.findall(r'^#+ (.+)$', TEXT, re.M)}
    for anchor in re.findall(r'\]\(#([^)]+)\)', TEXT):
      self.assertIn(anchor, anchors)
    for path in re.findall(r'\]\(([^#)]+)\)', TEXT):
      self.assertTrue((programs.SOURCE / 'docs' / path).exists(), path)

  def test_every_flag_is_one(self):
    known = set(programs.server_flags())
    for flag in re.findall(r'`--([a-z_]+)', TEXT):
      self.assertIn(flag, known)

  def test_every_metric_is_documented(self):
    operations = source('docs/OPERATIONS.md')
    for metric in re.findall(r'`(gongkai_\w+)', TEXT):
      self.assertIn(metric, operations)


if __name__ == '__main__':
  unittest.main()
