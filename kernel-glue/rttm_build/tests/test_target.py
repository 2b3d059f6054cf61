# SPDX-License-Identifier: Apache-2.0
import types
import unittest

from rttm_build import Refused, target

BSPS = [
    ('-mcpu=cortex-m0plus -mthumb', 'thumbv6m-none-eabi'),
    ('-mcpu=cortex-m0 -mthumb', 'thumbv6m-none-eabi'),
    ('-mcpu=cortex-m3 -mthumb -ffunction-sections', 'thumbv7m-none-eabi'),
    ('-mcpu=cortex-m4 -mthumb', 'thumbv7em-none-eabi'),
    ('-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard', 'thumbv7em-none-eabihf'),
    ('-mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=softfp', 'thumbv7em-none-eabi'),
    ('-mcpu=cortex-m7 -mthumb -mfpu=fpv5-d16 -mfloat-abi=hard', 'thumbv7em-none-eabihf'),
    ('-mcpu=cortex-m23 -mthumb', 'thumbv8m.base-none-eabi'),
    ('-mcpu=cortex-m33 -mthumb -mfpu=fpv5-sp-d16 -mfloat-abi=hard', 'thumbv8m.main-none-eabihf'),
    ('-mcpu=cortex-m33+nodsp -mthumb', 'thumbv8m.main-none-eabi'),
    ('-mcpu=cortex-m85 -mthumb -mfloat-abi=hard', 'thumbv8m.main-none-eabihf'),
    ('-march=armv7-a -marm -msoft-float', 'armv7a-none-eabi'),
    ('-march=armv7-a -mtune=cortex-a7 -mfpu=vfpv3-d16 -mfloat-abi=softfp', 'armv7a-none-eabi'),
    ('-mcpu=cortex-a9 -mfpu=vfpv3 -mfloat-abi=hard', 'armv7a-none-eabihf'),
    ('-march=armv8-m.main+dsp -mthumb', 'thumbv8m.main-none-eabi'),
    ('-mcmodel=medany -march=rv32imac -mabi=ilp32', 'riscv32imac-unknown-none-elf'),
    ('-mcmodel=medany -march=rv32imac_zicsr_zifencei -mabi=ilp32', 'riscv32imac-unknown-none-elf'),
    ('-mcmodel=medany -march=rv32imafc -mabi=ilp32f', 'riscv32imafc-unknown-none-elf'),
    ('-mcmodel=medany -march=rv32gc -mabi=ilp32', 'riscv32imac-unknown-none-elf'),
    ('-mcmodel=medany -march=rv64imac -mabi=lp64', 'riscv64imac-unknown-none-elf'),
    ('-mcmodel=medany -march=rv64imafdc -mabi=lp64', 'riscv64imac-unknown-none-elf'),
    ('-mcmodel=medany -march=rv64imafdc -mabi=lp64d', 'riscv64gc-unknown-none-elf'),
]

FOREIGN = [
    '-mcpu=arm926ej-s',
    '-mcpu=cortex-r4 -mthumb',
    '-mcpu=cortex-m4 -mbig-endian',
    '-mcpu=cortex-m3 -mfloat-abi=hard',
    '-march=rv32imc -mabi=ilp32',
    '-march=rv32imac -mabi=ilp32f',
    '-march=rv32imafdc -mabi=ilp32d',
    '-march=rv32imac -mabi=lp64',
    '-march=rv64imafc -mabi=lp64f',
    '-march=armv8-a -mtune=cortex-a53',
    '-march=mips32',
    '',
]


class Flags(unittest.TestCase):
    def test_a_bsp_has_its_target(self):
        for flags, expected in BSPS:
            with self.subTest(flags):
                self.assertEqual(target.of_flags(flags.split()), expected)

    def test_what_there_is_no_target_for_is_refused(self):
        for flags in FOREIGN:
            with self.subTest(flags):
                self.assertRaises(Refused, target.of_flags, flags.split())

    def test_the_refusal_names_the_flags_and_the_targets(self):
        with self.assertRaises(Refused) as refused:
            target.of_flags(['-mcpu=cortex-r5', '-O2'], 'cortex-r5')
        message = str(refused.exception)
        self.assertIn('CPU `cortex-r5` with `-mcpu=cortex-r5`', message)
        self.assertIn('thumbv7m-none-eabi', message)

    def test_of_several_the_last_counts(self):
        self.assertEqual(target.of_flags(['-mcpu=cortex-m3', '-mcpu=cortex-m0']), 'thumbv6m-none-eabi')

    def test_a_bsp_without_flags_is_known_by_its_cpu(self):
        self.assertEqual(target.of(types.SimpleNamespace(CPU='cortex-m3', CFLAGS='')), 'thumbv7m-none-eabi')

    def test_flags_are_in_device_too(self):
        bsp = types.SimpleNamespace(CPU='', DEVICE=' -mcpu=cortex-m4 -mfloat-abi=hard', CFLAGS=' -Dgcc')
        self.assertEqual(target.of(bsp), 'thumbv7em-none-eabihf')
