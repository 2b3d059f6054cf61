/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an385 without modules and without files: what differs from the other firmware of this board.
 */
#ifndef STATIC_BOARD_CONFIG_H
#define STATIC_BOARD_CONFIG_H

#include "../an385/board_config.h"

#define BOARD_WITHOUT_MODULES
#define BOARD_WITHOUT_FILES

#endif /* STATIC_BOARD_CONFIG_H */
