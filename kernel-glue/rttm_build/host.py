# SPDX-License-Identifier: Apache-2.0
"""What mkmod makes once the firmware is linked: the list of what it exports, and the modules of its applications."""

import glob
import os
import shutil
import subprocess
import sys

from . import Refused, rust
from .action import action

MISSING = ('rtt-mod: {} not made, because mkmod is neither on the PATH nor in $MKMOD; '
           'install it once, in the folder of the repository rtt-mod: cargo install --path mkmod')


def follow(env, applications, target):
    """Has SCons make them of whatever program `env` links: `kernel.syms` beside it, and the folder `modules`."""
    rust_target = target

    def emit(target, source, env):
        add(env, target[0], applications, rust_target)
        return target, source
    # Called with the program, whatever name the BSP gives it, in the moment that it is declared.
    env.Append(PROGEMITTER=[emit])


def add(env, program, applications, target):
    crates = sorted(glob.glob(os.path.join(glob.escape(applications), '*', 'Cargo.toml')))
    symbols = program.dir.File('kernel.syms')
    modules = program.dir.Dir('build').Dir('modules')
    env.Command(symbols, program, action(list_symbols, program.abspath, crates))
    if crates:
        env.Command(modules, symbols, action(build, crates, target, symbols.abspath))
        # What they depend on, cargo knows.
        env.AlwaysBuild(modules)
        env.Clean(modules, [modules.abspath, cargo_folder(modules.abspath)])


def mkmod(missing):
    """The program; without it, what is `missing` is not made."""
    found = os.environ.get('MKMOD') or rust.program('mkmod')
    if found is None:
        raise Refused(
            'rtt-mod: there is no {} without mkmod, which is neither on the PATH nor in $MKMOD; install it once, '
            'in the folder of the repository rtt-mod: cargo install --path mkmod'.format(missing))
    return found


def list_symbols(path, program, crates):
    """Writes what the kernel exports."""
    try:
        command = [mkmod('kernel.syms'), 'symbols', program]
    except Refused as refusal:
        if crates:
            raise
        # Nobody else needs it for this firmware.
        sys.stderr.write('{}\n'.format(refusal))
        return 0
    with open(path, 'wb') as symbols:
        failed = subprocess.call(command, stdout=symbols)
    if failed:
        os.remove(path)
    return failed


def build(folder, crates, target, symbols):
    """Builds the modules of `crates` into `folder`, in which then nothing else is."""
    environment = dict(os.environ, CARGO_TARGET_DIR=cargo_folder(folder))
    command = [mkmod('module'), 'build', '--target', target, '--kernel', symbols]
    built = []
    for manifest in crates:
        output = subprocess.run(command, cwd=os.path.dirname(manifest), env=environment, stdout=subprocess.PIPE)
        if output.returncode:
            return output.returncode
        built += output.stdout.decode().splitlines()
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for line in built:
        module, sizes = line.rsplit(': ', 1)
        print('{}: {}'.format(os.path.relpath(shutil.copy(module, folder)), sizes))
    return 0


def cargo_folder(folder):
    """cargo's target folder, one for all applications, so that what they share is built once."""
    return folder + '.cargo'
