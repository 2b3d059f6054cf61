use rtt_mod::sync::mpsc::{Sender, SyncSender};

fn shorten<'a>(sender: &'a Sender<&'static str>) -> &'a Sender<&'a str> {
    sender
}

fn shorten_bounded<'a>(sender: &'a SyncSender<&'static str>) -> &'a SyncSender<&'a str> {
    sender
}

fn main() {
    let _ = (shorten, shorten_bounded);
}
