# SPDX-License-Identifier: Apache-2.0
"""What SConscript does beyond naming files. For Python 3.6 and newer."""


class Refused(Exception):
    """The firmware can't be built so; the message says why, and what mends it."""
