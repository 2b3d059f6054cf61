# SPDX-License-Identifier: Apache-2.0
import os
import shutil
import tempfile
import unittest

from rttm_build import Refused, header, wraps

CONFIGURATION = '''
#define RT_VER_NUM 0x50200
#define ARCH_ARM_CORTEX_M3
#define RT_USING_MODULE
#define RT_USING_MSH
#define RT_USING_SMP 0
#include "board_config.h"
'''


class Macros(unittest.TestCase):
    def test_a_line_has_a_name_and_a_value(self):
        self.assertEqual(header.macro('#define RT_NAME_MAX 8'), ('RT_NAME_MAX', '8'))
        self.assertEqual(header.macro('#define RT_USING_MODULE '), ('RT_USING_MODULE', ''))
        self.assertEqual(header.macro('#define BYTES (256 * 1024)'), ('BYTES', '(256 * 1024)'))

    def test_what_is_on_has_a_value(self):
        configuration = header.Header.__new__(header.Header)
        configuration.macros = {'ON': '', 'OFF': '0', 'NUMBER': '8'}
        self.assertEqual([configuration.has(name) for name in ('ON', 'OFF', 'NUMBER', 'ABSENT')], [True, False, '8', False])

    def test_a_compiler_that_is_not_there_is_named(self):
        with self.assertRaisesRegex(Refused, '`no-such-gcc` does not start'):
            header.Header('rtconfig.h', ['no-such-gcc'])


@unittest.skipUnless(shutil.which('arm-none-eabi-gcc'), 'there is no arm-none-eabi-gcc')
class Compiler(unittest.TestCase):
    def test_the_header_is_read_with_what_it_includes(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in [('rtconfig.h', CONFIGURATION), ('board_config.h', '#define ARCH_ARM_CORTEX_M\n')]:
                with open(os.path.join(folder, name), 'w') as file:
                    file.write(text)
            configuration = header.Header(os.path.join(folder, 'rtconfig.h'), ['arm-none-eabi-gcc'])
        self.assertEqual(configuration.has('RT_VER_NUM'), '0x50200')
        names = wraps.functions(configuration.has)
        self.assertIn('dlmodule_load', names)
        self.assertIn('HardFault_Handler', names)

    def test_an_unreadable_header_is_refused_with_the_compilers_words(self):
        with self.assertRaisesRegex(Refused, '(?s)cannot read .*No such file'):
            header.Header('no_such.h', ['arm-none-eabi-gcc'])
