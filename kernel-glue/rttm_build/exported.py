# SPDX-License-Identifier: Apache-2.0
"""What RT-Thread's tools leave out when they export a project, by `scons --target=...`."""


def flags(target, wraps, objects):
    """What has to be in `rtconfig.LFLAGS`, so that the project of `target` links. `target` is None if SCons builds itself.

    The tools write what is there for a Makefile, and up to 5.1 for CMake, and not the flags of groups. The rules for make
    pass over sources that are objects.
    """
    if not target:
        return ''
    return wraps + (''.join(' ' + path for path in objects) if target == 'makefile' else '')
