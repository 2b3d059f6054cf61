/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_LIST_H
#define RTTM_LIST_H

/* Prints the loaded modules, one a line of less than 80 columns, the newest first. */
void rttm_list(void);

#endif /* RTTM_LIST_H */
