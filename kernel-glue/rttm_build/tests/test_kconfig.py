# SPDX-License-Identifier: Apache-2.0
"""The package's Kconfig beside that of the RT-Thread in RTT_ROOT, as menuconfig reads both."""
import os
import re
import tempfile
import unittest

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

BOARD = '''
mainmenu "A board"
config RTT_DIR
    string
    option env="RTT_DIR"
config PKGS_DIR
    string
    option env="PKGS_DIR"
source "$RTT_DIR/Kconfig"
source "{package}/Kconfig"
config BOARD_CORE
    bool
    default y
    select ARCH_ARM_CORTEX_M3
'''

# Options that a version of RT-Thread calls by another name, or has in any case.
NAMES = [('RT_USING_POSIX', 'RT_USING_POSIX_FS')]
UNTIL_4_0 = ['RT_USING_LIBC']

NEEDED = ['RT_USING_HEAP', 'RT_USING_SEMAPHORE', 'RT_USING_TIMER_SOFT', 'RT_USING_CONSOLE', 'RT_USING_MODULE', 'RT_USING_DFS']


@unittest.skipUnless('RTT_ROOT' in os.environ, 'RTT_ROOT names no RT-Thread')
class Menuconfig(unittest.TestCase):
    def setUp(self):
        import kconfiglib
        os.environ['RTT_DIR'] = os.environ['RTT_ROOT']
        os.environ['PKGS_DIR'] = os.devnull
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'Kconfig')
            with open(path, 'w') as file:
                file.write(BOARD.format(package=PACKAGE))
            self.menu = kconfiglib.Kconfig(path, warn_to_stderr=False)

    def value(self, name):
        symbol = self.menu.syms.get(name)
        return symbol.str_value if symbol is not None and symbol.nodes else None

    def test_the_package_selects_what_it_needs(self):
        self.menu.syms['PKG_USING_RTT_MOD'].set_value('y')
        self.assertEqual({name: self.value(name) for name in NEEDED}, {name: 'y' for name in NEEDED})
        for names in NAMES:
            self.assertIn('y', [self.value(name) for name in names])

    def test_no_option_is_selected_in_vain(self):
        with open(os.path.join(PACKAGE, 'Kconfig')) as file:
            selected = set(re.findall(r'^\s+select (\w+)', file.read(), re.MULTILINE))
        other_names = {name: names for names in NAMES for name in names}
        for name in sorted(selected.difference(UNTIL_4_0)):
            known = [other for other in other_names.get(name, [name]) if self.value(other) is not None]
            self.assertTrue(known, '`{}` is no option of this RT-Thread'.format(name))

    def test_the_core_has_its_options(self):
        self.menu.syms['PKG_USING_RTT_MOD'].set_value('y')
        self.menu.syms['RTT_MOD_USING_STACK_GUARD'].set_value('y')
        self.assertEqual(self.value('RTT_MOD_USING_FAULTS'), 'y')
        self.assertEqual(self.value('RTT_MOD_STACK_GUARD_BYTES'), '128')

    def test_several_cores_are_refused(self):
        package = self.menu.syms['PKG_USING_RTT_MOD']
        package.set_value('y')
        smp = self.menu.syms['RT_USING_SMP']
        smp.set_value('y')
        if smp.str_value == 'y':
            self.assertEqual(package.str_value, 'n')

    def test_numbers_have_ranges(self):
        for symbol in self.menu.unique_defined_syms:
            if symbol.name.startswith('RTT_MOD_') and symbol.orig_type == self.number():
                self.assertTrue(symbol.ranges, symbol.name)

    def test_nothing_is_on_without_the_package(self):
        on = [symbol.name for symbol in self.menu.unique_defined_syms
              if symbol.name.startswith('RTT_MOD_') and symbol.str_value == 'y']
        self.assertEqual(on, [])

    @staticmethod
    def number():
        import kconfiglib
        return kconfiglib.INT
