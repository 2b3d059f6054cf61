/* SPDX-License-Identifier: Apache-2.0 */
/* `strtol` and `atoi`. */
#include <limits.h>

long strtol(const char *text, char **end, int base);

#ifndef KERNEL_strtol
static int digit_of(char character)
{
    if (character >= '0' && character <= '9')
        return character - '0';
    if ((character | 0x20) >= 'a' && (character | 0x20) <= 'z')
        return (character | 0x20) - 'a' + 10;
    return INT_MAX;
}

static const char *skip_prefix(const char *text, int *base)
{
    int is_hex = text[0] == '0' && (text[1] | 0x20) == 'x' && digit_of(text[2]) < 16;

    if (*base == 0)
        *base = is_hex ? 16 : text[0] == '0' ? 8 : 10;
    return is_hex && *base == 16 ? text + 2 : text;
}

/* A number that is too large becomes LONG_MAX or LONG_MIN. */
long strtol(const char *text, char **end, int base)
{
    const char   *next = text;
    unsigned long limit = LONG_MAX;
    unsigned long number = 0;
    int           is_negative, is_large = 0;

    while (*next == ' ' || (*next >= '\t' && *next <= '\r'))
        next++;
    is_negative = *next == '-';
    if (*next == '-' || *next == '+')
        next++;
    limit += (unsigned long)is_negative;
    next = skip_prefix(next, &base);
    if (digit_of(*next) < base)
        text = next;
    for (; digit_of(*next) < base; text = ++next)
    {
        unsigned long digit = (unsigned long)digit_of(*next);

        is_large |= number > (limit - digit) / (unsigned long)base;
        number = number * (unsigned long)base + digit;
    }
    if (end != (void *)0)
        *end = (char *)text;
    if (is_large)
        number = limit;
    return is_negative ? (long)(0 - number) : (long)number;
}
#endif

#ifndef KERNEL_atoi
int atoi(const char *text)
{
    return (int)strtol(text, (void *)0, 10);
}
#endif
