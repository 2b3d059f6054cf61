use rtt_mod::sync::{Mailbox, MessageQueue};

static MAILBOX: Mailbox = Mailbox::new(0);
static QUEUE: MessageQueue<u32> = MessageQueue::new(0);

fn main() {}
