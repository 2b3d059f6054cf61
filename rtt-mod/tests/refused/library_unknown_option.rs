rtt_mod::library!(main = "4K");
