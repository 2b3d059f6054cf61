# SPDX-License-Identifier: Apache-2.0
"""A cargo and a rustc that compile for the firmware's processor."""

import os
import shutil
import subprocess

from . import Refused

# Debian's packages rustc-web, cargo-web and rust-web-src. They have no target's `core`, but its sources.
DEBIAN = ('/usr/bin/cargo', '/usr/bin/rustc')


class Toolchain:
    def __init__(self, cargo, rustc, has_core):
        self.cargo = cargo
        self.rustc = rustc
        self.has_core = has_core

    def call(self, subcommand, arguments):
        """The words of a call of cargo, and its environment."""
        environment = dict(os.environ, RUSTC=self.rustc)
        # Meant for the user's other crates.
        environment.pop('RUSTFLAGS', None)
        if self.has_core:
            return [self.cargo, subcommand] + arguments, environment
        # Only a nightly would do so without being told that it may.
        environment['RUSTC_BOOTSTRAP'] = '1'
        return [self.cargo, subcommand, '-Zbuild-std=core'] + arguments, environment


def toolchain(target):
    """The user's own, if it has `core` for the target or its sources; else Debian's."""
    active = (program('cargo'), program('rustc'))
    pairs = [pair for pair in (active, DEBIAN) if all(pair) and all(map(os.path.isfile, pair))]
    if not pairs:
        raise Refused('rtt-mod: the loader is in Rust, and there is no cargo on the PATH; install Rust (https://rustup.rs), '
                      'or name a ready object in RTT_MOD_LOADER_OBJECT')
    for cargo, rustc in pairs:
        if has_core(rustc, target):
            return Toolchain(cargo, rustc, True)
    for cargo, rustc in pairs:
        if has_sources(rustc):
            return Toolchain(cargo, rustc, False)
    raise Refused('rtt-mod: no Rust is there for {0}; type: rustup target add {0}'.format(target))


def program(name):
    """A program that `cargo install` or rustup has put where the PATH of this shell may not lead."""
    folder = os.environ.get('CARGO_HOME') or os.path.join(os.path.expanduser('~'), '.cargo')
    return shutil.which(name) or shutil.which(name, path=os.path.join(folder, 'bin'))


def has_core(rustc, target):
    folder = asked(rustc, '--print', 'target-libdir', '--target', target)
    return os.path.isdir(folder) and any(name.startswith('libcore-') for name in os.listdir(folder))


def has_sources(rustc):
    manifest = 'lib/rustlib/src/rust/library/core/Cargo.toml'
    return os.path.isfile(os.path.join(asked(rustc, '--print', 'sysroot'), manifest))


def asked(rustc, *question):
    """What rustc answers; nothing if it does not know the target."""
    answer = subprocess.run((rustc,) + question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return answer.stdout.decode().strip()
