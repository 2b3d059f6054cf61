rtt_mod::library!(heap = "4K", stack = "4K");
