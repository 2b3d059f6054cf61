//! Several threads send to one, until the last of them has gone.
#![no_std]
#![no_main]

use rtt_mod::{
    println,
    sync::{Barrier, mpsc},
    thread,
};

static START: Barrier = Barrier::new(3);

#[rtt_mod::main]
fn main() {
    let (sender, receiver) = mpsc::sync_channel(2);
    let workers = [1, 2, 3].map(|worker| {
        let sender = sender.clone();
        thread::spawn(move || {
            START.wait();
            (0..4).try_for_each(|n| sender.send(10 * worker + n)).unwrap();
        })
    });
    drop(sender);

    let (count, sum) = receiver.iter().fold((0, 0), |(count, sum), n| (count + 1, sum + n));
    println!("{count} messages, together {sum}");
    workers.into_iter().for_each(|worker| worker.join().unwrap());
}
