/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The board of boards/an385 with the kernel stacks that RT-Thread's Kconfig gives by default.
 */
#ifndef DEFAULT_STACKS_BOARD_CONFIG_H
#define DEFAULT_STACKS_BOARD_CONFIG_H

#include "../an385/board_config.h"

#define BOARD_DEFAULT_STACKS

#endif /* DEFAULT_STACKS_BOARD_CONFIG_H */
