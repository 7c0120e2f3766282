#!/usr/bin/env python3
# Copyright 2026 The Gongkai Authors
# SPDX-License-Identifier: Apache-2.0
"""What others read in the tables of gongkai check --export: Python's library,
pandas and LibreOffice find the values that the command prints.

pandas and LibreOffice are large and not among what ./dev installs; where they
are absent, their part says so and is skipped:
  apt-get install --no-install-recommends python3-pandas python3-openpyxl libreoffice-calc-nogui
"""

import collections
import csv
import decimal
import importlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

SOURCE = pathlib.Path(os.environ['GONGKAI_SOURCE_DIR'])
PROGRAM = pathlib.Path(os.environ['GONGKAI_BINARY_DIR'], 'bin', 'gongkai')

# Generous: the machine may be busy, and LibreOffice starts for the first time.
TIMEOUT = 120

# What --format=cells and --format=findings say of a row, and tables too.
CELL = ('document', 'cell', 'value', 'state', 'raw')
FINDING = ('document', 'rule', 'result', 'severity', 'cells', 'left', 'right',
           'difference', 'message')
ABOUT = ('document_number', 'document', 'body', 'year', 'template')

# The sheets, in their order.
SHEETS = ('corrections', 'documents', 'findings', 'claims', 'wide', 'cells')

# Names and a body that a careless writer or reader takes for something else.
HOSTILE_NAMES = ('=1+1,"甲"\n第二行\t😀.txt', '+cmd|x', '@SUM(1,2);\'.txt',
                 '007', 'NULL', '1e5', '2023-1-2', ' 前后有空格 ')
HOSTILE_BODY = '=1+"柳"😀镇人民政府'
HOSTILE_CELLS = ('=1+1,"a"', '-', '-1-2', 'NA')


def setUpModule():
  """One run that writes every table, and what it prints."""
  directory = pathlib.Path(tempfile.mkdtemp(prefix='gongkai-readers-'))
  unittest.addModuleCleanup(shutil.rmtree, directory)
  hostile = directory / 'hostile'
  hostile.mkdir()
  plain = (SOURCE / 'examples/qinglan-liuxi-2023.txt').read_text('utf-8')
  text = plain.replace('青岚县柳溪镇人民政府', HOSTILE_BODY)
  for cell in HOSTILE_CELLS:
    text = text.replace('\t0\n', f'\t{cell}\n', 1)
  for name in HOSTILE_NAMES:
    (hostile / name).write_text(text, 'utf-8')

  def check(*words):
    # Where the names are, so that they begin with what they begin with.
    run = subprocess.run(
        [PROGRAM, 'check', '--lang=en', *words, *HOSTILE_NAMES,
         SOURCE / 'examples'],
        cwd=hostile, env={**os.environ, 'TMPDIR': str(directory)},
        capture_output=True, timeout=TIMEOUT, check=False)
    if run.returncode != 1:
      raise AssertionError(f'{run.returncode}: {run.stderr.decode()}')
    return [json.loads(line) for line in run.stdout.splitlines()]

  global TABLES, CELLS, FINDINGS
  TABLES = directory
  printed = check('--format=cells', '--wide', *(
      f'--export={directory}/t.{form}'
      for form in ('csv', 'jsonl', 'sqlite', 'xlsx')))
  CELLS = rows((line for line in printed if 'cell' in line), CELL)
  printed = check('--format=findings', '--bom', f'--export={directory}/bom.csv')
  for line in printed:
    line['cells'] = ' '.join(line['cells'])
  FINDINGS = rows(printed, FINDING)
  assert sum(CELLS.values()) > 4000 and sum(FINDINGS.values()) > 40
  values = {type(row[CELL.index('value')]) for row in CELLS}
  assert values == {int, str}, values  # whole, and exact decimals or nothing
  for cell in HOSTILE_CELLS:
    assert any(row[CELL.index('raw')] == cell for row in CELLS), cell


def rows(mappings, fields):
  """These fields of each row, and how often they occur; '' for nothing."""
  return collections.Counter(
      tuple('' if row.get(field) is None else row[field] for field in fields)
      for row in mappings)


def as_text(counted):
  return collections.Counter(
      {tuple(map(str, row)): count for row, count in counted.items()})


def guarded(counted):
  """What --bom makes of them: nothing that a spreadsheet would calculate."""

  def field(text):
    text = str(text)
    calculates = re.match(r'[=+\-@\t\r]', text)
    return f"'{text}" if calculates and not re.fullmatch(
        r'-[0-9.]*', text) else text

  return collections.Counter({
      tuple(map(field, row)): count for row, count in counted.items()})


def heads(table):
  name = 't.csv' if table == 'cells' else f't.{table}.csv'
  with open(TABLES / name, encoding='utf-8', newline='') as file:
    return next(csv.reader(file))


class ReadersTest(unittest.TestCase):

  def expect_same(self, found, expected):
    lost, strange = expected - found, found - expected
    self.assertTrue(
        not lost and not strange,
        f'{sum(lost.values())} are not read, as {list(lost)[:3]}, and '
        f'{sum(strange.values())} are strange, as {list(strange)[:3]}')

  def expect_wide(self, wide, expected):
    """`wide`: rows by names of columns; nothing is '' or None."""
    found = collections.Counter()
    for row in wide:
      for name, value in row.items():
        if name not in ABOUT and value is not None and value != '':
          found[row['document'], name, value] += 1
    self.expect_same(found, collections.Counter(
        {row[:3]: 1 for row in expected if row[2] != ''}))

  def expect_tables(self, cells, findings, wide):
    """Rows of the three tables, with numbers and texts as they are."""
    self.expect_same(rows(cells, CELL), CELLS)
    self.expect_same(rows(findings, FINDING), FINDINGS)
    self.expect_wide(wide, CELLS)


class PythonTest(ReadersTest):
  """With nothing but Python's own library."""

  def test_csv(self):
    def read(name, encoding='utf-8'):
      with open(TABLES / name, encoding=encoding, newline='') as file:
        return list(csv.DictReader(file, strict=True))

    self.expect_same(rows(read('t.csv'), CELL), as_text(CELLS))
    self.expect_same(rows(read('t.findings.csv'), FINDING), as_text(FINDINGS))
    self.expect_wide(read('t.wide.csv'), as_text(CELLS))
    self.expect_same(rows(read('bom.csv', 'utf-8-sig'), CELL), guarded(CELLS))
    self.expect_same(rows(read('bom.findings.csv', 'utf-8-sig'), FINDING),
                     guarded(FINDINGS))

  def test_json(self):
    def read(name):
      with open(TABLES / name, encoding='utf-8', newline='\n') as file:
        return [json.loads(line) for line in file]

    self.expect_tables(read('t.jsonl'), read('t.findings.jsonl'),
                       read('t.wide.jsonl'))

  def test_sqlite(self):
    database = sqlite3.connect(TABLES / 't.sqlite')
    self.addCleanup(database.close)
    database.row_factory = sqlite3.Row

    def read(sql):
      return [dict(row) for row in database.execute(sql)]

    self.expect_tables(read('SELECT * FROM cells'), read(FINDINGS_SQL),
                       read(WIDE_SQL))

  def test_workbook(self):
    name = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'

    def read(table):
      with zipfile.ZipFile(TABLES / 't.xlsx') as archive:
        sheet = xml.etree.ElementTree.fromstring(archive.read(
            f'xl/worksheets/sheet{SHEETS.index(table) + 1}.xml'))
      self.assertFalse(list(sheet.iter(f'{name}f')), 'formulas')
      columns = heads(table)
      found = []
      for line in list(sheet.iter(f'{name}row'))[1:]:
        found.append({})
        for cell in line:
          column = 0
          for letter in re.match('[A-Z]+', cell.get('r'))[0]:
            column = column * 26 + ord(letter) - ord('A') + 1
          if cell.get('t') == 'inlineStr':
            value = ''.join(cell.itertext())
          else:
            value = cell.findtext(f'{name}v')
            value = value and int(value)
          found[-1][columns[column - 1]] = value
      return found

    self.expect_tables(read('cells'), read('findings'), read('wide'))


FINDINGS_SQL = ('SELECT document, f.* FROM findings f '
                'JOIN documents USING (document_number)')
WIDE_SQL = 'SELECT document, w.* FROM wide w JOIN documents USING (document_number)'


class PandasTest(ReadersTest):

  @classmethod
  def setUpClass(cls):
    try:
      cls.pandas = importlib.import_module('pandas')
    except ImportError as error:
      raise unittest.SkipTest(f'pandas does not read along: {error}')

  def records(self, frame):
    return frame.astype(object).where(frame.notna(), None).to_dict('records')

  # A raw text may be "NA", and a column of texts may look like numbers.
  def csv(self, name, **more):
    return self.pandas.read_csv(TABLES / name, dtype=str, keep_default_na=False,
                                na_values=[''], **more)

  def test_csv(self):
    frame = self.csv('t.csv')
    self.expect_same(rows(self.records(frame), CELL), as_text(CELLS))
    findings = self.csv('t.findings.csv')
    self.expect_same(rows(self.records(findings), FINDING), as_text(FINDINGS))
    wide = self.csv('t.wide.csv')
    self.expect_wide(self.records(wide), as_text(CELLS))
    # As pandas itself turns a wide table into a long one.
    melted = wide.melt(id_vars=list(ABOUT), var_name='cell')
    self.expect_same(
        collections.Counter(melted.dropna(subset=['value'])[
            ['document', 'cell', 'value']].itertuples(index=False, name=None)),
        collections.Counter(frame.dropna(subset=['value'])[
            ['document', 'cell', 'value']].itertuples(index=False, name=None)))

  def test_csv_with_types(self):
    # What is said to be a number is one, to the last row.
    frame = self.pandas.read_csv(TABLES / 't.csv', dtype={'value': str, 'raw': str},
                                 keep_default_na=False, na_values=[''])
    for column in ('document_number', 'year', 'start_byte', 'end_byte'):
      self.assertIn(frame[column].dtype.kind, 'if', column)
    values = frame['value'].dropna()
    self.assertEqual(self.pandas.to_numeric(values).tolist(),
                     [float(decimal.Decimal(value)) for value in values])

  def test_csv_with_byte_order_mark(self):
    frame = self.csv('bom.csv', encoding='utf-8-sig')
    self.assertEqual(frame.columns[0], ABOUT[0])
    self.expect_same(rows(self.records(frame), CELL), guarded(CELLS))
    findings = self.csv('bom.findings.csv', encoding='utf-8-sig')
    self.expect_same(rows(self.records(findings), FINDING), guarded(FINDINGS))

  def test_json(self):
    def read(name):
      return self.records(self.pandas.read_json(
          TABLES / name, lines=True, dtype=False, encoding='utf-8'))

    self.expect_tables(read('t.jsonl'), read('t.findings.jsonl'),
                       read('t.wide.jsonl'))

  def test_sqlite(self):
    database = sqlite3.connect(TABLES / 't.sqlite')
    self.addCleanup(database.close)

    def read(sql):
      return self.records(self.pandas.read_sql_query(sql, database))

    self.expect_tables(read('SELECT * FROM cells'), read(FINDINGS_SQL),
                       read(WIDE_SQL))

  def test_workbook(self):
    try:
      importlib.import_module('openpyxl')
    except ImportError as error:
      self.skipTest(f'pandas reads no workbook: {error}')

    def read(table):
      frame = self.pandas.read_excel(
          TABLES / 't.xlsx', sheet_name=SHEETS.index(table), dtype=object,
          keep_default_na=False, na_values=[''])
      frame.columns = heads(table)
      return self.records(frame)

    self.expect_tables(read('cells'), read('findings'), read('wide'))


class LibreOfficeTest(ReadersTest):

  @classmethod
  def setUpClass(cls):
    cls.program = shutil.which('soffice') or shutil.which('libreoffice')
    if cls.program is None:
      raise unittest.SkipTest('LibreOffice does not read along: no soffice')

  def convert(self, file, more=()):
    """All sheets of a file: their rows without the head, each with texts as str
    and numbers as int or Decimal."""
    directory = pathlib.Path(tempfile.mkdtemp(dir=TABLES))
    # CSV in UTF-8, texts in quotes, numbers as shown, every sheet.
    form = ('csv:Text - txt - csv (StarCalc):'
            '44,34,76,1,,0,true,true,false,false,false,-1')
    run = subprocess.run(
        [self.program, f'-env:UserInstallation={(TABLES / "profile").as_uri()}',
         '--headless', *more, '--convert-to', form, '--outdir', directory,
         TABLES / file],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT,
        check=False)
    sheets = {}
    for name in re.findall(r'^Writing sheet (.*) -> ', run.stdout.decode(), re.M):
      stem = pathlib.Path(file).stem
      text = (directory / f'{stem}-{name}.csv').read_bytes().decode('utf-8')
      sheets[name] = list(self.lines(text))[1:]
    self.assertTrue(sheets, run.stdout.decode())
    return list(sheets.values())

  def lines(self, text):
    # Python's reader does not say what was in quotes.
    line = []
    for quoted, plain, end in re.findall(
        r'(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n)', text):
      line.append(self.number(plain) if plain else quoted.replace('""', '"'))
      if end == '\n':
        yield line
        line = []

  @staticmethod
  def number(text):
    try:
      value = decimal.Decimal(text)
    except decimal.InvalidOperation:
      return f'no text and no number: {text}'  # an error, a date, a truth
    return int(value) if value == value.to_integral_value() else value

  def test_workbook(self):
    sheets = self.convert('t.xlsx')
    self.assertEqual(len(sheets), len(SHEETS))

    def read(table):
      return [dict(zip(heads(table), line))
              for line in sheets[SHEETS.index(table)]]

    self.expect_tables(read('cells'), read('findings'), read('wide'))

  def test_csv_with_byte_order_mark(self):
    # As the dialogue would have it: UTF-8, and these columns are texts.
    def read(file, table, texts):
      columns = heads(table)
      formats = '/'.join(f'{columns.index(name) + 1}/2' for name in texts)
      sheet, = self.convert(file, [f'--infilter=CSV:44,34,76,1,{formats}'])
      return [dict(zip(columns, line)) for line in sheet]

    found = read('bom.csv', 'cells', ('document', 'value', 'raw'))
    self.expect_same(rows(found, CELL), guarded(CELLS))
    found = read('bom.findings.csv', 'findings',
                 ('document', 'left', 'right', 'difference'))
    self.expect_same(rows(found, FINDING), guarded(FINDINGS))

  def test_csv_without_being_told_what_is_text(self):
    # A double click: nothing is calculated, and a number is that number.
    sheet, = self.convert('bom.csv', ['--infilter=CSV:44,34,76,1'])
    found = rows((dict(zip(heads('cells'), line)) for line in sheet),
                 ('cell', 'value', 'state'))
    expected = collections.Counter()
    for (_, cell, value, state, _), count in CELLS.items():
      expected[cell, self.number(value) if value != '' else '', state] += count
    self.expect_same(found, expected)


def main():
  # Reasons for what is skipped are said even where all the rest is well.
  program = unittest.main(exit=False, verbosity=2)
  for test, reason in program.result.skipped:
    print(f'SKIPPED {test}: {reason}')
  sys.exit(not program.result.wasSuccessful())


if __name__ == '__main__':
  main()
