# SPDX-License-Identifier: Apache-2.0
"""As much of RT-Thread's `tools/utils.py` as its SConscripts import."""


def VersionCmp(one, other):
    """1, 0 or -1: whether version `one` is above, at or below `other`."""
    def numbers(version):
        return [int(number) for number in version.split('.')]
    return (numbers(one) > numbers(other)) - (numbers(one) < numbers(other))
