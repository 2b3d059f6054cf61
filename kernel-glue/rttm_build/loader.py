# SPDX-License-Identifier: Apache-2.0
"""The loader in Rust, as one object for the firmware's linker."""

import os
import shutil
import subprocess

from . import rust
from .action import action

# All that cargo reads, in the package's folder.
SOURCES = ['format/Cargo.toml', 'format/src', 'loader/Cargo.toml', 'loader/src', 'loader/firmware']


def node(env, package, target, ready):
    """The object: `ready`, or without one what cargo makes anew when one of its sources has changed."""
    if ready:
        return [env.File(ready)]
    sources = [env.File(path) for path in files(package)]
    made = env.Command('rttm_loader.o', sources, action(build, package, target))
    env.Clean(made, folder_of(made[0].abspath))
    return made


def files(package):
    """The paths of all files that the loader is made of."""
    found = []
    for source in SOURCES:
        path = os.path.join(package, source)
        if os.path.isfile(path):
            found.append(path)
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if name != 'target')
            found += [os.path.join(folder, name) for name in sorted(names)]
    return found


def build(path, package, target):
    """Has cargo make the object, and returns cargo's exit code."""
    # Among cargo's own files, so that it is there where cargo finds nothing to do.
    emitted = os.path.join(folder_of(path), target, 'rttm_loader.o')
    words, environment = rust.toolchain(target).call('rustc', [
        '--quiet', '--release', '--locked', '--target', target, '--target-dir', folder_of(path),
        '--manifest-path', os.path.join(package, 'loader', 'firmware', 'Cargo.toml'), '--', '--emit=obj=' + emitted])
    failed = subprocess.call(words, env=environment)
    if not failed:
        shutil.copyfile(emitted, path)
    return failed


def folder_of(path):
    """cargo's target folder, beside the object."""
    return os.path.join(os.path.dirname(path), 'cargo')
