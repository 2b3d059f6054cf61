#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells a build without SCons, such as a Makefile or CMake, what the firmware needs of this package.

    glue.py sources                         the C files, one a line
    glue.py wraps --config C --cc CC        the flags of the linker
    glue.py loader --cc CC --output FILE    makes the object of the loader, with cargo

C is the firmware's rtconfig.h. CC is its compiler with the flags for the processor, in one argument:
"arm-none-eabi-gcc -mcpu=cortex-m3 -mthumb". For Python 3.6 and newer.
"""

import argparse
import glob
import os
import shlex
import sys

PACKAGE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, PACKAGE)
sys.dont_write_bytecode = True

from rttm_build import Refused, header, loader, target, wraps  # noqa: E402


def sources(arguments):
    for path in sorted(glob.glob(os.path.join(glob.escape(PACKAGE), 'src', '*', '*.c'))):
        print(path)


def wrap_flags(arguments):
    configuration = header.Header(arguments.config, shlex.split(arguments.cc))
    print(' '.join('-Wl,--wrap=' + name for name in wraps.functions(configuration.has)))


def make_loader(arguments):
    rust_target = target.of_flags(shlex.split(arguments.cc))
    if loader.build(os.path.abspath(arguments.output), PACKAGE, rust_target):
        raise Refused('rtt-mod: cargo could not build the loader; its messages are above')


def parser():
    description, _, usage = __doc__.partition('\n')
    main = argparse.ArgumentParser(
        description=description, epilog=usage, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = main.add_subparsers(dest='command', metavar='COMMAND')
    commands.required = True
    for name, run, options in [('sources', sources, []), ('wraps', wrap_flags, ['config', 'cc']),
                               ('loader', make_loader, ['cc', 'output'])]:
        command = commands.add_parser(name)
        command.set_defaults(run=run)
        for option in options:
            command.add_argument('--' + option, required=True)
    return main


def main():
    arguments = parser().parse_args()
    try:
        arguments.run(arguments)
    except Refused as refusal:
        sys.exit(str(refusal))


if __name__ == '__main__':
    main()
