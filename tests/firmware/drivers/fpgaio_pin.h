/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The LEDs and buttons of Arm's MPS2 board, under RT-Thread's pin framework: pins 0 and 1 are the LEDs, which can be read
 * back; pins 2 and 3 are the buttons.
 *
 * The hardware has no interrupt for them. While somebody waits for an edge, the levels are sampled at every tick.
 */
#ifndef FPGAIO_PIN_H
#define FPGAIO_PIN_H

#include <rtthread.h>

/* Registers the pins of the FPGA's I/O block at `address` as the pin device. */
void fpgaio_pin_register(rt_uint32_t address);

#endif /* FPGAIO_PIN_H */
