# SPDX-License-Identifier: Apache-2.0
"""The loader's object as it is named in Kconfig, for a firmware that is built without cargo."""

import os
import struct

from . import Refused

# The function that the firmware calls.
ENTRY = b'rttm_loader_load\0'

# ELF: the type of an object file, and the machines.
ET_REL = 1
EM_ARM = 40
EM_RISCV = 243

# ELF: the class of the file, by the width of an address.
CLASS_32 = 1
CLASS_64 = 2


def named(option, folder, target):
    """The path that the value of RTT_MOD_LOADER_OBJECT means, relative to `folder`; None when it names none."""
    # SCons' preprocessor leaves the quotes of rtconfig.h around a string.
    name = str(option or '').strip('"')
    if not name:
        return None
    path = os.path.join(folder, name)
    reason = mismatch(path, target)
    if reason:
        raise Refused('rtt-mod: RTT_MOD_LOADER_OBJECT is `{}`, {}; build it in kernel-glue/loader/firmware: '
                      'cargo rustc --release --locked --target {} -- --emit=obj=rttm_loader.o'.format(
                          name, reason, target))
    return path


def mismatch(path, target):
    """Why the file at `path` is not the loader for `target`, or None."""
    try:
        with open(path, 'rb') as file:
            content = file.read()
    except OSError as error:
        return 'which cannot be read ({})'.format(error.strerror)
    if content[:4] != b'\x7fELF' or len(content) < 20 or struct.unpack_from('<H', content, 16)[0] != ET_REL:
        return 'which is not an object file'
    machine = EM_RISCV if target.startswith('riscv') else EM_ARM
    wanted = (CLASS_64 if target.startswith('riscv64') else CLASS_32, machine)
    if (content[4], struct.unpack_from('<H', content, 18)[0]) != wanted:
        return 'which is for another processor than {}'.format(target)
    if ENTRY not in content:
        return 'which does not define {}'.format(ENTRY[:-1].decode())
    return None
