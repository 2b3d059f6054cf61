/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each packet passes through two FIFOs: of its words, and of its status.
 */
#include "lan9118.h"

#include <lwip/pbuf.h>

struct registers
{
    volatile rt_uint32_t rx_data[8];
    volatile rt_uint32_t tx_data[8];
    volatile rt_uint32_t rx_status;
    volatile rt_uint32_t rx_status_peek;
    volatile rt_uint32_t tx_status;
    volatile rt_uint32_t tx_status_peek;
    volatile rt_uint32_t id;
    volatile rt_uint32_t interrupt_line;
    volatile rt_uint32_t interrupt; /* writing a bit clears it */
    volatile rt_uint32_t interrupt_enable;
    volatile rt_uint32_t reserved0;
    volatile rt_uint32_t byte_test;
    volatile rt_uint32_t fifo_levels;
    volatile rt_uint32_t rx_config;
    volatile rt_uint32_t tx_config;
    volatile rt_uint32_t hardware_config;
    volatile rt_uint32_t rx_datapath;
    volatile rt_uint32_t rx_fifo;
    volatile rt_uint32_t tx_fifo;
    volatile rt_uint32_t reserved1[8];
    volatile rt_uint32_t mac_command;
    volatile rt_uint32_t mac_data;
};

#define INTERRUPT_LINE_ENABLE    (1u << 8)
#define INTERRUPT_LINE_HIGH      (1u << 4)
#define INTERRUPT_LINE_PUSH_PULL (1u << 0)
#define INTERRUPT_RX             (1u << 3) /* more than fifo_levels says is in the status FIFO */
#define TX_ON                    (1u << 1)
#define HARDWARE_RESET           (1u << 0)
#define HARDWARE_STORE_FORWARD   (1u << 20)

#define RX_ERROR         (1u << 15)
#define RX_BYTES(status) ((status) >> 16 & 0x3FFFu)
#define CHECKSUM_BYTES   4u

#define TX_FIRST    (1u << 13)
#define TX_LAST     (1u << 12)
#define FRAME_BYTES 1514u

#define FIFO_STATUS_USED(fifo) ((fifo) >> 16 & 0xFFu)
#define TX_FIFO_FREE(fifo)     ((fifo)&0xFFFFu)

#define MAC_BUSY       (1u << 31)
#define MAC_READ       (1u << 30)
#define MAC_CONTROL    1u
#define MAC_HIGH       2u
#define MAC_LOW        3u
#define CONTROL_RX     (1u << 2)
#define CONTROL_TX     (1u << 3)
#define CONTROL_DUPLEX (1u << 20)

static struct registers *registers_of(rt_device_t device)
{
    return (struct registers *)((struct lan9118 *)device)->address;
}

static rt_uint32_t read_mac(struct registers *registers, rt_uint32_t index)
{
    registers->mac_command = MAC_BUSY | MAC_READ | index;
    while (registers->mac_command & MAC_BUSY)
        ;
    return registers->mac_data;
}

static void write_mac(struct registers *registers, rt_uint32_t index, rt_uint32_t value)
{
    registers->mac_data = value;
    registers->mac_command = MAC_BUSY | index;
    while (registers->mac_command & MAC_BUSY)
        ;
}

static rt_err_t init(rt_device_t device)
{
    struct registers *registers = registers_of(device);

    registers->fifo_levels = 0; /* an interrupt for the first packet */
    registers->interrupt_line = INTERRUPT_LINE_ENABLE | INTERRUPT_LINE_HIGH | INTERRUPT_LINE_PUSH_PULL;
    registers->tx_config = TX_ON;
    write_mac(registers, MAC_CONTROL, CONTROL_RX | CONTROL_TX | CONTROL_DUPLEX);
    registers->interrupt_enable = INTERRUPT_RX;
    return RT_EOK;
}

static rt_err_t control(rt_device_t device, int command, void *argument)
{
    struct registers *registers = registers_of(device);
    rt_uint32_t       low, high;

    if (command != NIOCTL_GADDR)
        return -RT_ENOSYS;
    low = read_mac(registers, MAC_LOW);
    high = read_mac(registers, MAC_HIGH);
    rt_memcpy(argument, &low, 4);
    rt_memcpy((rt_uint8_t *)argument + 4, &high, 2);
    return RT_EOK;
}

static rt_err_t transmit(rt_device_t device, struct pbuf *packet)
{
    static rt_uint32_t words[(FRAME_BYTES + 3) / 4];
    struct registers  *registers = registers_of(device);
    rt_uint32_t        bytes = packet->tot_len;
    rt_uint32_t        i;

    while (FIFO_STATUS_USED(registers->tx_fifo) > 0)
        (void)registers->tx_status;
    if (bytes > FRAME_BYTES || TX_FIFO_FREE(registers->tx_fifo) < bytes + 3 * sizeof words[0])
        return -RT_EFULL;
    pbuf_copy_partial(packet, words, (rt_uint16_t)bytes, 0);
    registers->tx_data[0] = TX_FIRST | TX_LAST | bytes;
    registers->tx_data[0] = bytes;
    for (i = 0; i < (bytes + 3) / 4; i++)
        registers->tx_data[0] = words[i];
    return RT_EOK;
}

/* Takes the words of a packet out of the FIFO. Without a place for them they are dropped. */
static void take(struct registers *registers, rt_uint32_t bytes, rt_uint8_t *to, rt_uint32_t room)
{
    rt_uint32_t at;

    for (at = 0; at < bytes; at += 4)
    {
        rt_uint32_t word = registers->rx_data[0];

        if (at < room)
            rt_memcpy(to + at, &word, room - at < 4 ? room - at : 4);
    }
}

static struct pbuf *receive(rt_device_t device)
{
    struct registers *registers = registers_of(device);

    /* First: a packet that arrives behind the look at the FIFO brings a new interrupt. */
    registers->interrupt = INTERRUPT_RX;
    while (FIFO_STATUS_USED(registers->rx_fifo) > 0)
    {
        rt_uint32_t  status = registers->rx_status;
        rt_uint32_t  bytes = RX_BYTES(status);
        rt_uint32_t  room = bytes > CHECKSUM_BYTES && !(status & RX_ERROR) ? bytes - CHECKSUM_BYTES : 0;
        struct pbuf *packet = room > 0 ? pbuf_alloc(PBUF_RAW, (rt_uint16_t)room, PBUF_RAM) : RT_NULL;

        take(registers, bytes, packet != RT_NULL ? packet->payload : RT_NULL, packet != RT_NULL ? room : 0);
        if (packet != RT_NULL)
            return packet;
    }
    registers->interrupt_enable = INTERRUPT_RX;
    return RT_NULL;
}

void lan9118_interrupt(struct lan9118 *ethernet)
{
    registers_of(&ethernet->device.parent)->interrupt_enable = 0; /* until all packets are taken */
    eth_device_ready(&ethernet->device);
}

rt_err_t lan9118_register(struct lan9118 *ethernet, const char *name, rt_uint32_t address)
{
    struct registers *registers = (struct registers *)address;

    ethernet->address = address;
    ethernet->device.parent.init = init;
    ethernet->device.parent.control = control;
    ethernet->device.eth_tx = transmit;
    ethernet->device.eth_rx = receive;
    registers->hardware_config = HARDWARE_RESET;
    while (registers->hardware_config & HARDWARE_RESET)
        ;
    registers->hardware_config |= HARDWARE_STORE_FORWARD;
    return eth_device_init_with_flag(&ethernet->device, name,
                                     NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | ETHIF_LINK_PHYUP);
}
