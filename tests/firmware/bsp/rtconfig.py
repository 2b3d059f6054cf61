# SPDX-License-Identifier: Apache-2.0
# What RT-Thread's build tools ask of a BSP: the core and the compiler. The lists of the board are in board.json.
import json
import os
import shutil

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'board.json')) as file:
    BOARD = json.load(file)

ARCH, CPU = BOARD['port'].split('/')
CROSS_TOOL = 'gcc'
PLATFORM = 'gcc'

PREFIX = BOARD['prefix']
CC = PREFIX + 'gcc'
CXX = PREFIX + 'g++'
AS = PREFIX + 'gcc'
AR = PREFIX + 'ar'
LINK = PREFIX + 'gcc'
SIZE = PREFIX + 'size'
OBJDUMP = PREFIX + 'objdump'
OBJCPY = PREFIX + 'objcopy'

# RT-Thread looks for the headers of newlib beside this folder.
EXEC_PATH = os.environ.get('RTT_EXEC_PATH') or os.path.dirname(shutil.which(CC) or '')

DEVICE = ' ' + ' '.join(BOARD['cpu']) + ' -ffunction-sections -fdata-sections'
OF_LIBRARY = ''
if ARCH == 'risc-v':
    # Debian's GCC comes without a C library, and finds picolibc by its specs. Threads have no variables of their own, so errno
    # is the kernel's. The kernel's sources expect that each header defines NULL.
    DEVICE += ' --specs=picolibc.specs'
    OF_LIBRARY = ' -D__PICOLIBC_ERRNO_FUNCTION=_rt_errno -include stddef.h'
# Of two options for the optimization, GCC takes the last one: that of a board.
CFLAGS = ' -std=gnu99 -Os -g -w' + DEVICE + OF_LIBRARY
AFLAGS = ' -c' + DEVICE + ' -x assembler-with-cpp -D__ASSEMBLY__='
LFLAGS = DEVICE
if '-mabi=lp64' in BOARD['cpu']:
    # Debian's GCC has its libraries for this ABI only without instructions for floats.
    LFLAGS = DEVICE.replace('rv64imafdc', 'rv64imac')
LFLAGS += ' -nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments -Wl,-z,noexecstack'
LFLAGS += ' -Wl,-Map=' + BOARD['name'] + '.map'
LFLAGS += ''.join(' -T board/' + script for script in BOARD['linker_scripts'])

POST_ACTION = OBJCPY + ' -O binary $TARGET ' + BOARD['name'] + '.bin\n'
