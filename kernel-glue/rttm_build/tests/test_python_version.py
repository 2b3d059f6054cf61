# SPDX-License-Identifier: Apache-2.0
"""The package's Python is that of old installations, too: SCons runs with what the user has."""
import ast
import glob
import os
import unittest

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# The oldest grammar that `ast` can ask for is older than this one on all versions of Python.
OLDEST = (3, 6)


class PythonVersion(unittest.TestCase):
    def test_all_files_have_the_grammar_of_the_oldest_one(self):
        scripts = [os.path.join(PACKAGE, name) for name in ('glue.py', 'SConscript', '../SConscript')]
        files = scripts + glob.glob(os.path.join(glob.escape(PACKAGE), 'rttm_build', '**', '*.py'), recursive=True)
        files = [path for path in files if os.path.isfile(path)]
        self.assertGreater(len(files), 10)
        for path in files:
            with self.subTest(path), open(path, encoding='utf-8') as file:
                ast.parse(file.read(), path, feature_version=OLDEST)


if __name__ == '__main__':
    unittest.main()
