/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an385 with RT-Thread's own loader: what differs from the other firmware of this board.
 */
#ifndef STOCK_BOARD_CONFIG_H
#define STOCK_BOARD_CONFIG_H

#include "../an385/board_config.h"

#define BOARD_WITH_STOCK_LOADER
#define RT_USING_CUSTOM_DLMODULE

#endif /* STOCK_BOARD_CONFIG_H */
