# SPDX-License-Identifier: Apache-2.0
import os
import tempfile
import unittest

from rttm_build import Refused, linker_script

WITHOUT = 'SECTIONS { .text : { KEEP(*(FSymTab)) } }\n'
WITH = 'SECTIONS { .text : { __rtmsymtab_start = .; KEEP(*(RTMSymTab)) __rtmsymtab_end = .; } }\n'


class Check(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def check(self, text, flags=' -mcpu=cortex-m3 -u,Reset_Handler -T link.lds'):
        with open(os.path.join(self.folder, 'link.lds'), 'w') as file:
            file.write(text)
        linker_script.check(flags, self.folder)

    def test_a_script_without_the_export_table_is_refused_with_the_lines(self):
        with self.assertRaises(Refused) as refused:
            self.check(WITHOUT)
        message = str(refused.exception)
        self.assertIn('the linker script `link.lds`', message)
        self.assertIn('KEEP(*(RTMSymTab))', message)

    def test_a_script_with_it_passes(self):
        self.check(WITH)

    def test_a_script_that_cannot_be_read_may_have_it(self):
        self.check(WITHOUT, ' -T build/made.lds')
        self.check('INCLUDE "memory.lds"\n' + WITHOUT)
        self.check('#include "memory.h"\n' + WITHOUT)

    def test_one_of_several_is_enough(self):
        with open(os.path.join(self.folder, 'other.lds'), 'w') as file:
            file.write(WITH)
        self.check(WITHOUT, '-T link.lds -T other.lds')

    def test_paths_are_found_behind_all_forms_of_the_flag(self):
        self.assertEqual(linker_script.named('-Tlink.lds'), ['link.lds'])
        self.assertEqual(linker_script.named('-Wl,-T,link.lds -Wl,--gc-sections'), ['link.lds'])
        self.assertEqual(linker_script.named('-T "my link.lds" -nostartfiles'), ['my link.lds'])
        self.assertEqual(linker_script.named('-Wl,--gc-sections'), [])


if __name__ == '__main__':
    unittest.main()
