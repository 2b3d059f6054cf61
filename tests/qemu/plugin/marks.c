/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A plugin for QEMU: counts the instructions of the machine, and writes the count whenever it comes to a mark. The mark is
 * an instruction of Arm's that does nothing and that no compiler makes: `mov r9, r9`.
 *
 * QEMU loads it with `-plugin FILE,out=FILE`. It declares the few functions of QEMU's that it needs, since the header
 * `qemu-plugin.h` is not part of QEMU's packages.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct qemu_plugin_tb;
struct qemu_plugin_insn;

typedef uint64_t qemu_plugin_id_t;

void                     qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id,
                                                               void (*call)(qemu_plugin_id_t, struct qemu_plugin_tb *));
size_t                   qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
const void              *qemu_plugin_insn_data(const struct qemu_plugin_insn *instruction);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *instruction, void (*call)(unsigned, void *),
                                            int flags, void *context);
void qemu_plugin_register_vcpu_insn_exec_inline(struct qemu_plugin_insn *instruction, int operation, void *number,
                                                uint64_t addend);

#define NO_REGISTERS 0 /* QEMU_PLUGIN_CB_NO_REGS */
#define ADD          0 /* QEMU_PLUGIN_INLINE_ADD_U64 */

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

static const uint8_t mark[] = {0xC9, 0x46};

static uint64_t count;
static FILE    *out;

static void note(unsigned processor, void *unused)
{
    (void)processor;
    (void)unused;
    fprintf(out, "%" PRIu64 "\n", count);
    fflush(out);
}

/* An instruction of 32 bits never begins with these bytes. QEMU 7.2 sometimes has a wrong size for one of 16 bits. */
static int is_mark(const struct qemu_plugin_insn *instruction)
{
    return memcmp(qemu_plugin_insn_data(instruction), mark, sizeof mark) == 0;
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    size_t instructions = qemu_plugin_tb_n_insns(block);

    (void)id;
    for (size_t index = 0; index < instructions; index++)
    {
        struct qemu_plugin_insn *instruction = qemu_plugin_tb_get_insn(block, index);

        qemu_plugin_register_vcpu_insn_exec_inline(instruction, ADD, &count, 1);
        if (is_mark(instruction))
            qemu_plugin_register_vcpu_insn_exec_cb(instruction, note, NO_REGISTERS, NULL);
    }
}

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id, const void *machine, int argc,
                                                               char **argv)
{
    static const char key[] = "out=";

    (void)machine;
    if (argc != 1 || strncmp(argv[0], key, sizeof key - 1) != 0)
        return 1;
    out = fopen(argv[0] + sizeof key - 1, "w");
    if (out == NULL)
        return 1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
