/* SPDX-License-Identifier: Apache-2.0 */
/* For the firmware: modules that start by themselves. */
#ifndef RTTM_AUTOSTART_H
#define RTTM_AUTOSTART_H

/*
 * Starts the modules in the folder RTT_MOD_AUTOSTART_FOLDER that say they start at boot (`run = true`), one after the
 * other in the order of their names. What can't be started is told on the console.
 *
 * The kernel does it when it boots. A firmware that mounts the card later calls this then; from a thread. Returns at once:
 * a thread of its own does it. 0, or -1 without memory for that thread or without a folder.
 */
int rttm_autostart(void);

#endif /* RTTM_AUTOSTART_H */
