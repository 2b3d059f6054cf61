# SPDX-License-Identifier: Apache-2.0
"""The macros of rtconfig.h, as the firmware's compiler sees them."""

import os
import subprocess

from . import Refused


class Header:
    def __init__(self, path, compiler):
        """Reads the header at `path` with `compiler`: the words of a call of GCC, with the flags of the processor."""
        path = os.path.abspath(path)
        macros = ['-E', '-dM', '-x', 'c', '-I', os.path.dirname(path), '-include', path, os.devnull]
        try:
            output = subprocess.run(compiler + macros, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        except OSError as error:
            raise Refused('rtt-mod: `{}` does not start: {}; give the compiler of the firmware in --cc'.format(
                compiler[0], error.strerror))
        if output.returncode:
            raise Refused('rtt-mod: the compiler cannot read `{}`:\n{}'.format(path, output.stderr.decode().strip()))
        self.macros = dict(macro(line) for line in output.stdout.decode().splitlines())

    def has(self, name):
        """The value of a macro: True if it is defined without one, False if it is not defined or 0."""
        value = self.macros.get(name, '0')
        return value != '0' and (value or True)


def macro(line):
    """The name and the value in `#define NAME VALUE`."""
    words = line.split(None, 2)
    return words[1], words[2] if len(words) > 2 else ''
