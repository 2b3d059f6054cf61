# SPDX-License-Identifier: Apache-2.0
"""The entry for RT-Thread's package index, as env reads it."""
import json
import os
import re
import tempfile
import unittest

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# What env's packages.py asks of a package.json.
KEYS = {'name', 'description', 'description_zh', 'enable', 'keywords', 'category', 'author', 'license', 'repository',
        'icon', 'homepage', 'doc', 'site'}
SITE_KEYS = {'version', 'URL', 'filename', 'VER_SHA'}

# A board with the options of the kernel on which those of the package depend.
BOARD = '''
mainmenu "A board"
config RT_USING_SMP
    bool "SMP"
config RT_USING_SMART
    bool "Smart"
config RT_USING_DFS
    bool
source "{package}/{kconfig}"
'''


def read(path):
    with open(os.path.join(PACKAGE, path), encoding='utf-8') as file:
        return file.read()


class Json(unittest.TestCase):
    def setUp(self):
        self.package = json.loads(read('index/package.json'))

    def test_it_has_what_env_reads(self):
        self.assertEqual(set(self.package), KEYS)
        self.assertEqual(self.package['category'], 'system')
        for site in self.package['site']:
            self.assertEqual(set(site), SITE_KEYS)

    def test_the_options_and_versions_are_those_of_kconfig(self):
        kconfig = read('index/Kconfig')
        self.assertIn('\nmenuconfig ' + self.package['enable'] + '\n', kconfig)
        offered = re.findall(r'default "(\S+)" +if PKG_USING_RTT_MOD_', kconfig)
        self.assertEqual(offered, [site['version'] for site in self.package['site']])
        path = '/packages/{}/{}'.format(self.package['category'], self.package['name'])
        self.assertIn('default "{}"\n'.format(path), kconfig)


class Kconfig(unittest.TestCase):
    @staticmethod
    def menu(kconfig):
        import kconfiglib
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'Kconfig')
            with open(path, 'w') as file:
                file.write(BOARD.format(package=PACKAGE, kconfig=kconfig))
            return kconfiglib.Kconfig(path, warn_to_stderr=False)

    @staticmethod
    def options(menu):
        return {symbol.name: [str(node) for node in symbol.nodes]
                for symbol in menu.unique_defined_syms if symbol.name.startswith('RTT_MOD_')}

    def test_the_options_are_those_of_the_package(self):
        options = self.options(self.menu('Kconfig'))
        self.assertTrue(options)
        self.assertEqual(self.options(self.menu('index/Kconfig')), options)

    def test_env_learns_path_and_version(self):
        menu = self.menu('index/Kconfig')
        symbols = menu.syms
        self.assertEqual(symbols['PKG_RTT_MOD_VER'].str_value, '')
        symbols['PKG_USING_RTT_MOD'].set_value('y')
        self.assertEqual(symbols['PKG_RTT_MOD_VER'].str_value, 'latest')
        self.assertEqual(symbols['PKG_RTT_MOD_PATH'].str_value, '/packages/system/rtt-mod')
