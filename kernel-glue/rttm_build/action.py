# SPDX-License-Identifier: Apache-2.0
"""Actions of SCons that say in one line why they have failed."""

import sys

from . import Refused


def action(make, *arguments):
    """One that makes its target with `make(path, *arguments)`, which returns an exit code.

    SCons compares the arguments with those of the last time: they are text, or lists of it.
    """
    # Not above: other build systems use the functions of this package without SCons.
    from SCons.Action import Action

    def run(target, source, env):
        try:
            return make(target[0].abspath, *arguments)
        except Refused as refusal:
            sys.stderr.write('{}\n'.format(refusal))
            return 1
    return Action(run, 'RUST $TARGET')
