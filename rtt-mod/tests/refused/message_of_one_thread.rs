extern crate std;

use rtt_mod::sync::MessageQueue;
use std::rc::Rc;

static QUEUE: MessageQueue<Rc<u32>> = MessageQueue::new(4);

fn main() {
    QUEUE.send(Rc::new(7));
}
