# SPDX-License-Identifier: Apache-2.0
"""What the BSP's linker script has to keep for the kernel's own loader and for ours."""

import os
import re

from . import Refused

START = '__rtmsymtab_start'

LINES = '''
    . = ALIGN(4);
    __rtmsymtab_start = .;
    KEEP(*(RTMSymTab))
    __rtmsymtab_end = .;
'''


def check(link_flags, folder):
    """Refuses a script without the export table. `folder` is that of the BSP, to which the paths in the flags are relative."""
    scripts = {path: read(os.path.join(folder, path)) for path in named(link_flags)}
    if scripts and not any(text is None or START in text or includes(text) for text in scripts.values()):
        raise Refused('rtt-mod: the linker script `{}` does not keep the kernel\'s export table; add these lines to its '
                      'section .text:{}'.format('`, `'.join(sorted(scripts)), LINES.rstrip('\n')))


def named(link_flags):
    """The paths behind each -T."""
    return [path.strip('"\'') for path in re.findall(r'(?:^|\s)(?:-Wl,)?-T[\s,]*("[^"]+"|[^\s,]+)', link_flags)]


def includes(text):
    return re.search(r'^\s*(INCLUDE\s|#\s*include\b)', text, re.MULTILINE) is not None


def read(path):
    """The text of a script; None for one that is made later, or that the linker finds elsewhere."""
    try:
        with open(path, errors='replace') as file:
            return file.read()
    except OSError:
        return None
