# SPDX-License-Identifier: Apache-2.0
import os

ARCH = 'arm'
CPU = 'cortex-m3'
PLATFORM = 'gcc'
EXEC_PATH = os.environ.get('RTT_EXEC_PATH', '')

PREFIX = 'arm-none-eabi-'
CC = PREFIX + 'gcc'
AS = PREFIX + 'gcc'
LINK = PREFIX + 'gcc'

DEVICE = ' -mcpu=cortex-m3 -mthumb -ffunction-sections -fdata-sections'
CFLAGS = DEVICE + ' -std=gnu99 -Os -g -w'
AFLAGS = ' -c' + DEVICE + ' -x assembler-with-cpp'
LFLAGS = DEVICE + ' -nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments -T board/memory.lds -T board/cortex-m.lds'

POST_ACTION = PREFIX + 'objcopy -O binary $TARGET rtthread.bin\n'
