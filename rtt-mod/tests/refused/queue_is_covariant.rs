use rtt_mod::sync::MessageQueue;

static QUEUE: MessageQueue<&'static [u32]> = MessageQueue::new(4);

fn post<'a>(queue: &MessageQueue<&'a [u32]>, words: &'a [u32]) {
    queue.send(words);
}

fn main() {
    let words = vec![0x600d; 8];
    post(&QUEUE, &words);
}
