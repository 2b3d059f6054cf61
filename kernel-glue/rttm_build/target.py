# SPDX-License-Identifier: Apache-2.0
"""The Rust target that belongs to the flags with which the BSP calls GCC."""

import re

from . import Refused

# Cores by their architecture; GCC's names without `cortex-`.
CORES = {
    'v6m': ('m0', 'm0plus', 'm1'),
    'v7m': ('m3',),
    'v7em': ('m4', 'm7'),
    'v8m.base': ('m23',),
    'v8m.main': ('m33', 'm35p', 'm52', 'm55', 'm85'),
    'v7a': ('a5', 'a7', 'a8', 'a9', 'a12', 'a15', 'a17'),
}

# GCC's names in -march, without `arm` and what follows a `+`.
ARCHITECTURES = {
    'v6-m': 'v6m',
    'v6s-m': 'v6m',
    'v7-m': 'v7m',
    'v7e-m': 'v7em',
    'v8-m.base': 'v8m.base',
    'v8-m.main': 'v8m.main',
    'v8.1-m.main': 'v8m.main',
    'v7-a': 'v7a',
    'v7ve': 'v7a',
}

TARGETS = {
    ('v6m', 'soft'): 'thumbv6m-none-eabi',
    ('v7m', 'soft'): 'thumbv7m-none-eabi',
    ('v7em', 'soft'): 'thumbv7em-none-eabi',
    ('v7em', 'hard'): 'thumbv7em-none-eabihf',
    ('v8m.base', 'soft'): 'thumbv8m.base-none-eabi',
    ('v8m.main', 'soft'): 'thumbv8m.main-none-eabi',
    ('v8m.main', 'hard'): 'thumbv8m.main-none-eabihf',
    ('v7a', 'soft'): 'armv7a-none-eabi',
    ('v7a', 'hard'): 'armv7a-none-eabihf',
}

# By -mabi, each with the extensions that its code is made of. Rust's has no floating-point unit without the registers for
# arguments that go with it.
RISCV = {
    'ilp32': ('imac', 'riscv32imac-unknown-none-elf'),
    'ilp32f': ('imafc', 'riscv32imafc-unknown-none-elf'),
    'lp64': ('imac', 'riscv64imac-unknown-none-elf'),
    'lp64d': ('imafdc', 'riscv64gc-unknown-none-elf'),
}

KNOWN = sorted(set(TARGETS.values()) | {target for _, target in RISCV.values()})


def of(rtconfig):
    """The target of the BSP whose `rtconfig.py` this is."""
    texts = [getattr(rtconfig, name, '') for name in ('DEVICE', 'CFLAGS')]
    return of_flags(' '.join(texts).split(), getattr(rtconfig, 'CPU', ''))


def of_flags(flags, cpu=''):
    """The target for these words; `cpu` is the BSP's own name of it, for one that leaves it out of the flags."""
    if '-mbig-endian' in flags or '-mbe32' in flags or '-mbe8' in flags:
        raise Refused('rtt-mod: modules are little-endian, and the firmware is built with ' + ' '.join(flags))
    target = riscv(flags) or arm(flags, cpu)
    if target is None:
        raise Refused('rtt-mod: no target of Rust is known for CPU `{}` with `{}`; those that there are: {}'.format(
            cpu, ' '.join(flag for flag in flags if flag.startswith('-m')), ', '.join(KNOWN)))
    return target


def riscv(flags):
    core = re.match('rv(32|64)([a-z]*)', last(flags, '-march=') or '')
    if core is None:
        return None
    extensions, target = RISCV.get(last(flags, '-mabi='), ('', None))
    has_all = set(extensions) <= set(core[2].replace('g', 'imafd'))
    return target if has_all and core[1] in (target or '') else None


def arm(flags, cpu):
    architecture = architecture_of(flags, cpu)
    # `softfp` uses the floating-point unit, and passes arguments as if there were none.
    abi = 'hard' if last(flags, '-mfloat-abi=') == 'hard' else 'soft'
    return TARGETS.get((architecture, abi))


def architecture_of(flags, cpu):
    """GCC lets -march count for more than -mcpu."""
    march = last(flags, '-march=')
    if march is not None:
        return ARCHITECTURES.get(re.sub('^arm', '', march.split('+')[0]))
    core = re.sub('^cortex-', '', (last(flags, '-mcpu=') or cpu).split('+')[0].split('.')[0].lower())
    return next((architecture for architecture, cores in CORES.items() if core in cores), None)


def last(flags, option):
    """The value of an option: of several, the last one counts."""
    return next((flag[len(option):] for flag in reversed(flags) if flag.startswith(option)), None)
