# SPDX-License-Identifier: Apache-2.0
import os
import struct
import tempfile
import unittest

from rttm_build import Refused, ready_object

TARGET = 'thumbv7m-none-eabi'


def elf(file_class=1, kind=1, machine=40, symbol=b'rttm_loader_load'):
    """The parts of an object file that are looked at."""
    return b'\x7fELF' + bytes([file_class, 1, 1]) + bytes(9) + struct.pack('<HH', kind, machine) + symbol + b'\0'


class ReadyObject(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def ready(self, content, target=TARGET):
        with open(os.path.join(self.folder.name, 'rttm_loader.o'), 'wb') as file:
            file.write(content)
        return ready_object.named('"rttm_loader.o"', self.folder.name, target)

    def refusal(self, content, target=TARGET):
        with self.assertRaises(Refused) as refused:
            self.ready(content, target)
        return str(refused.exception)

    def test_without_a_name_cargo_builds_it(self):
        for option in [None, False, '""', '']:
            self.assertIsNone(ready_object.named(option, self.folder.name, TARGET))

    def test_the_path_is_relative_to_the_folder_of_the_bsp(self):
        self.assertEqual(self.ready(elf()), os.path.join(self.folder.name, 'rttm_loader.o'))

    def test_a_missing_object_is_refused_with_the_command_that_builds_it(self):
        with self.assertRaises(Refused) as refused:
            ready_object.named('"none.o"', self.folder.name, TARGET)
        message = str(refused.exception)
        self.assertIn('`none.o`, which cannot be read', message)
        self.assertIn('--target thumbv7m-none-eabi', message)

    def test_an_object_for_another_processor_is_refused(self):
        self.assertIn('for another processor', self.refusal(elf(file_class=2, machine=243)))
        self.assertIn('for another processor', self.refusal(elf(), 'riscv64imac-unknown-none-elf'))
        self.ready(elf(file_class=2, machine=243), 'riscv64imac-unknown-none-elf')
        self.assertIn('for another processor', self.refusal(elf(file_class=2, machine=243), 'riscv32imac-unknown-none-elf'))
        self.ready(elf(machine=243), 'riscv32imac-unknown-none-elf')

    def test_another_file_is_refused(self):
        self.assertIn('not an object file', self.refusal(b'#!/bin/sh'))
        self.assertIn('not an object file', self.refusal(elf(kind=2)))
        self.assertIn('does not define rttm_loader_load', self.refusal(elf(symbol=b'main')))
