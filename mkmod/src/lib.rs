//! Makes RT-Thread modules and proves that they load.
