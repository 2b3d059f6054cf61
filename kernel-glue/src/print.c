/* SPDX-License-Identifier: Apache-2.0 */
/* Formats the templates of `rttm_print` as Rust's `format!` does. */
#include <string.h>

#include "print.h"

/* Bytes that follow RTTM_SPEC: flags, fill, width, precision. */
#define SPEC_BYTES 4u

/* The decimal digits of the largest 64-bit number. */
#define DECIMAL_DIGITS_MAX 20u

/* How an argument is to look. */
struct spec
{
    uint8_t flags;
    char    fill;
    uint8_t width;
    uint8_t precision;
};

static const struct spec PLAIN = {0, ' ', 0, RTTM_NO_PRECISION};

/* A number, taken apart for printing. */
struct number
{
    uint64_t magnitude;
    char     sign; /* '-', '+' or NUL for none */
};

static void write_argument(struct rttm_sink *sink, const struct rttm_arg *arg, const struct spec *spec);

void rttm_sink_write(struct rttm_sink *sink, const char *text, uint32_t length)
{
    if (length != 0)
        sink->write(sink, text, length);
}

void rttm_format(struct rttm_sink *sink, const uint8_t *template_text, uint32_t length, const struct rttm_arg *args)
{
    const uint8_t *at = template_text;
    const uint8_t *end = template_text + length;

    while (at < end)
    {
        const uint8_t *literal = at;

        while (at < end && *at < RTTM_PLAIN)
            at++;
        rttm_sink_write(sink, (const char *)literal, (uint32_t)(at - literal));

        if (at < end && *at == RTTM_PLAIN)
        {
            at++;
            write_argument(sink, args++, &PLAIN);
        }
        else if (at < end)
        {
            if (end - at <= (int)SPEC_BYTES)
                return;
            struct spec spec = {at[1], (char)at[2], at[3], at[4]};

            at += 1 + SPEC_BYTES;
            write_argument(sink, args++, &spec);
        }
    }
}

static void write_fill(struct rttm_sink *sink, char fill, uint32_t count)
{
    char run[16];

    memset(run, fill, sizeof run);
    while (count > 0)
    {
        uint32_t part = count < sizeof run ? count : (uint32_t)sizeof run;

        rttm_sink_write(sink, run, part);
        count -= part;
    }
}

/* How much of `padding` goes in front of what is `default_align`ed. */
static uint32_t padding_in_front(const struct spec *spec, uint8_t default_align, uint32_t padding)
{
    uint8_t align = spec->flags & RTTM_ALIGN_MASK;

    if (align == RTTM_ALIGN_DEFAULT)
        align = default_align;
    if (align == RTTM_ALIGN_RIGHT)
        return padding;
    return align == RTTM_ALIGN_CENTER ? padding / 2 : 0;
}

/* Bytes of the first `limit` characters of `text`; their count goes to `characters`. */
static uint32_t prefix_bytes(const char *text, uint32_t length, uint32_t limit, uint32_t *characters)
{
    uint32_t at;

    *characters = 0;
    for (at = 0; at < length; at++)
    {
        if (((uint8_t)text[at] & 0xC0u) == 0x80u)
            continue;
        if (*characters == limit)
            break;
        (*characters)++;
    }
    return at;
}

static void write_text(struct rttm_sink *sink, const char *text, uint32_t length, const struct spec *spec)
{
    uint32_t limit = spec->precision == RTTM_NO_PRECISION ? UINT32_MAX : spec->precision;
    uint32_t characters, padding, front;

    if (spec->width == 0 && limit == UINT32_MAX)
    {
        rttm_sink_write(sink, text, length);
        return;
    }
    length = prefix_bytes(text, length, limit, &characters);
    padding = characters < spec->width ? spec->width - characters : 0;
    front = padding_in_front(spec, RTTM_ALIGN_LEFT, padding);
    write_fill(sink, spec->fill, front);
    rttm_sink_write(sink, text, length);
    write_fill(sink, spec->fill, padding - front);
}

static void write_char(struct rttm_sink *sink, uint32_t scalar, const struct spec *spec)
{
    char     utf8[4];
    uint32_t length;

    if (scalar < 0x80u)
    {
        utf8[0] = (char)scalar;
        length = 1;
    }
    else if (scalar < 0x800u)
    {
        utf8[0] = (char)(0xC0u | scalar >> 6);
        utf8[1] = (char)(0x80u | (scalar & 0x3Fu));
        length = 2;
    }
    else if (scalar < 0x10000u)
    {
        utf8[0] = (char)(0xE0u | scalar >> 12);
        utf8[1] = (char)(0x80u | (scalar >> 6 & 0x3Fu));
        utf8[2] = (char)(0x80u | (scalar & 0x3Fu));
        length = 3;
    }
    else
    {
        utf8[0] = (char)(0xF0u | scalar >> 18);
        utf8[1] = (char)(0x80u | (scalar >> 12 & 0x3Fu));
        utf8[2] = (char)(0x80u | (scalar >> 6 & 0x3Fu));
        utf8[3] = (char)(0x80u | (scalar & 0x3Fu));
        length = 4;
    }
    write_text(sink, utf8, length, spec);
}

/* Bits of one digit; 0 for decimal. */
static uint32_t radix_bits(uint8_t flags)
{
    switch (flags & RTTM_RADIX_MASK)
    {
    case RTTM_RADIX_HEX:
    case RTTM_RADIX_UPPERHEX:
        return 4;
    case RTTM_RADIX_OCTAL:
        return 3;
    case RTTM_RADIX_BINARY:
        return 1;
    default:
        return 0;
    }
}

static const char *radix_prefix(uint8_t flags)
{
    if ((flags & RTTM_ALTERNATE) == 0)
        return "";
    switch (flags & RTTM_RADIX_MASK)
    {
    case RTTM_RADIX_HEX:
    case RTTM_RADIX_UPPERHEX:
        return "0x";
    case RTTM_RADIX_OCTAL:
        return "0o";
    case RTTM_RADIX_BINARY:
        return "0b";
    default:
        return "";
    }
}

/* Writes the decimal digits to the end of `digits`, and returns how many there are. */
static uint32_t decimal_digits(uint64_t magnitude, char digits[DECIMAL_DIGITS_MAX])
{
    uint32_t count = 0;
    uint32_t low;

    for (; magnitude > UINT32_MAX; magnitude /= 10)
        digits[DECIMAL_DIGITS_MAX - ++count] = (char)('0' + magnitude % 10);
    low = (uint32_t)magnitude; /* from here on without the slow 64-bit division */
    do
    {
        digits[DECIMAL_DIGITS_MAX - ++count] = (char)('0' + low % 10);
        low /= 10;
    } while (low != 0);
    return count;
}

static uint32_t count_digits(uint64_t magnitude, uint32_t bits)
{
    uint32_t count = 1;

    while ((magnitude >>= bits) != 0)
        count++;
    return count;
}

/* Writes `count` digits of `bits` each, the most significant first: needs no room for 64 binary digits. */
static void write_digits(struct rttm_sink *sink, uint64_t magnitude, uint32_t bits, uint32_t count, uint8_t flags)
{
    const char *alphabet =
        (flags & RTTM_RADIX_MASK) == RTTM_RADIX_UPPERHEX ? "0123456789ABCDEF" : "0123456789abcdef";

    while (count-- > 0)
        rttm_sink_write(sink, &alphabet[magnitude >> (count * bits) & ((1u << bits) - 1u)], 1);
}

static void write_number(struct rttm_sink *sink, struct number number, const struct spec *spec)
{
    char        decimal[DECIMAL_DIGITS_MAX];
    const char *prefix = radix_prefix(spec->flags);
    uint32_t    bits = radix_bits(spec->flags);
    uint32_t    digits = bits ? count_digits(number.magnitude, bits) : decimal_digits(number.magnitude, decimal);
    uint32_t    prefix_length = (uint32_t)strlen(prefix);
    uint32_t    length = (number.sign ? 1u : 0u) + prefix_length + digits;
    uint32_t    padding = length < spec->width ? spec->width - length : 0;
    uint32_t    zeros = spec->flags & RTTM_ZERO ? padding : 0; /* they take no notice of fill and alignment */
    uint32_t    front = padding_in_front(spec, RTTM_ALIGN_RIGHT, padding - zeros);

    write_fill(sink, spec->fill, front);
    rttm_sink_write(sink, &number.sign, number.sign ? 1 : 0);
    rttm_sink_write(sink, prefix, prefix_length);
    write_fill(sink, '0', zeros);
    if (bits)
        write_digits(sink, number.magnitude, bits, digits, spec->flags);
    else
        rttm_sink_write(sink, decimal + DECIMAL_DIGITS_MAX - digits, digits);
    write_fill(sink, spec->fill, padding - zeros - front);
}

static uint64_t wide(const struct rttm_arg *arg)
{
    if (sizeof(uintptr_t) == sizeof(uint64_t))
        return arg->a;
    return (uint64_t)arg->b << 32 | arg->a;
}

static struct number unsigned_number(uint64_t value, const struct spec *spec)
{
    struct number number = {value, spec->flags & RTTM_PLUS ? '+' : '\0'};

    return number;
}

/* `bits_of_kind` is the number as two's complement in its own width: what other radices than ten show. */
static struct number signed_number(int64_t value, uint64_t bits_of_kind, const struct spec *spec)
{
    struct number number = {UINT64_C(0) - (uint64_t)value, '-'};

    if (value >= 0 || radix_bits(spec->flags) != 0)
        return unsigned_number(bits_of_kind, spec);
    return number;
}

static void write_argument(struct rttm_sink *sink, const struct rttm_arg *arg, const struct spec *spec)
{
    switch (arg->kind)
    {
    case RTTM_ARG_STR:
        write_text(sink, (const char *)arg->a, (uint32_t)arg->b, spec);
        break;
    case RTTM_ARG_U32:
        write_number(sink, unsigned_number((uint32_t)arg->a, spec), spec);
        break;
    case RTTM_ARG_I32:
        write_number(sink, signed_number((int32_t)arg->a, (uint32_t)arg->a, spec), spec);
        break;
    case RTTM_ARG_U64:
        write_number(sink, unsigned_number(wide(arg), spec), spec);
        break;
    case RTTM_ARG_I64:
        write_number(sink, signed_number((int64_t)wide(arg), wide(arg), spec), spec);
        break;
    case RTTM_ARG_CHAR:
        write_char(sink, (uint32_t)arg->a, spec);
        break;
    case RTTM_ARG_BOOL:
        write_text(sink, arg->a ? "true" : "false", arg->a ? 4 : 5, spec);
        break;
    case RTTM_ARG_FORMAT:
        ((void (*)(void *, struct rttm_sink *))arg->a)((void *)arg->b, sink);
        break;
    default: /* a kind of a later ABI than the kernel's */
        rttm_sink_write(sink, "?", 1);
        break;
    }
}
