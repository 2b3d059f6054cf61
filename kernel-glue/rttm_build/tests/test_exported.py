# SPDX-License-Identifier: Apache-2.0
"""What an exported project needs to link."""
import unittest

from rttm_build import exported

WRAPS = ' -Wl,--wrap=msh_exec'
LOADER = 'build/rtt-mod/rttm_loader.o'


class Exported(unittest.TestCase):
    def test_a_build_of_scons_needs_nothing(self):
        self.assertEqual(exported.flags(None, WRAPS, [LOADER]), '')

    def test_cmake_has_the_objects_among_the_sources(self):
        self.assertEqual(exported.flags('cmake', WRAPS, [LOADER]), WRAPS)

    def test_make_knows_no_objects(self):
        self.assertEqual(exported.flags('makefile', WRAPS, [LOADER]), WRAPS + ' ' + LOADER)
        self.assertEqual(exported.flags('makefile', WRAPS, []), WRAPS)


if __name__ == '__main__':
    unittest.main()
