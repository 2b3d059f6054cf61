# SPDX-License-Identifier: Apache-2.0
"""The flags of the linker, by the toolchain of the BSP."""
import types
import unittest

from rttm_build import Refused, wraps


def flags(platform, *symbols):
    return wraps.flags(types.SimpleNamespace(PLATFORM=platform), lambda name: name in symbols)


class Toolchains(unittest.TestCase):
    def test_gcc_wraps(self):
        self.assertIn(' -Wl,--wrap=dlmodule_load', flags('gcc', 'RT_USING_MODULE'))

    def test_projects_for_keil_and_iar_are_refused_with_the_way_out(self):
        for platform in ('armcc', 'armclang', 'iccarm'):
            with self.assertRaisesRegex(Refused, platform + '.*RTT_CC=gcc.*PKG_USING_RTT_MOD'):
                flags(platform)


if __name__ == '__main__':
    unittest.main()
