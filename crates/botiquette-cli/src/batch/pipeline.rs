//! One thread reads, several work, the caller writes. All queues are bounded: whoever is ahead waits, and what is held
//! at a time does not grow with the input.

use std::io::{self, BufRead};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};

use super::lines::{Numbers, next};
use super::record::LONGEST;
use super::work::{Done, Numbered, Work};

/// Lines on their way, for each worker: enough that none waits while one of them takes long.
const AHEAD: usize = 8;

/// Bytes of lines on their way.
const MOST_BYTES: usize = 2 * LONGEST;

/// As the main thread has it: what is linted is deep at times.
const STACK: usize = 8 * 1024 * 1024;

/// A report on its way, with the room that its line takes.
type Finished = (io::Result<Done>, usize);

struct Job {
    line: Numbered,
    bytes: usize,
    reply: SyncSender<Finished>,
}

/// Reports, as they come.
enum Reports {
    /// For each line in turn a queue of its own, which brings one report.
    InOrder(Receiver<Receiver<Finished>>),
    AsDone(Receiver<Finished>),
}

/// Where the reader puts what is promised.
enum Promises {
    InOrder(SyncSender<Receiver<Finished>>),
    AsDone(SyncSender<Finished>),
}

/// A running batch.
pub(super) struct Pipeline {
    reports: Reports,
    room: Arc<Room>,
    reader: JoinHandle<io::Result<u64>>,
    taken: u64,
}

/// How a batch runs.
pub(super) struct Plan {
    pub(super) workers: usize,
    pub(super) in_order: bool,
    /// Lines that are done already.
    pub(super) done: Numbers,
}

impl Pipeline {
    /// Starts to read and to work.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub(super) fn start(input: impl BufRead + Send + 'static, work: Work, plan: Plan) -> io::Result<Self> {
        let ahead = plan.workers.saturating_mul(AHEAD);
        let (to_do, jobs) = sync_channel(ahead);
        let (jobs, work) = (Arc::new(Mutex::new(jobs)), Arc::new(work));
        for _ in 0..plan.workers {
            let (jobs, work) = (Arc::clone(&jobs), Arc::clone(&work));
            Builder::new().stack_size(STACK).spawn(move || work_on(&jobs, &work))?;
        }
        let (promises, reports) = if plan.in_order {
            let (promises, reports) = sync_channel(ahead);
            (Promises::InOrder(promises), Reports::InOrder(reports))
        } else {
            let (promises, reports) = sync_channel(ahead);
            (Promises::AsDone(promises), Reports::AsDone(reports))
        };
        let room = Arc::new(Room::default());
        let of_reader = Arc::clone(&room);
        let reader =
            Builder::new().spawn(move || read_all(input, &plan.done, &to_do, &promises, &of_reader))?;
        Ok(Self { reports, room, reader, taken: 0 })
    }

    /// The next report; none at the end. `idle` is called where it has to be waited for.
    ///
    /// # Errors
    /// Those of `idle`, and a report that could not be made.
    pub(super) fn next(&mut self, idle: &mut dyn FnMut() -> io::Result<()>) -> io::Result<Option<Done>> {
        let finished = match &self.reports {
            Reports::AsDone(reports) => wait(reports, idle)?,
            Reports::InOrder(promises) => match wait(promises, idle)? {
                Some(promise) => wait(&promise, idle)?,
                None => None,
            },
        };
        let Some((done, bytes)) = finished else { return Ok(None) };
        self.room.leave(bytes);
        self.taken += 1;
        done.map(Some)
    }

    /// Sees at the end whether all was read, and nothing was lost.
    ///
    /// # Errors
    /// What the system said about the input.
    pub(super) fn end(self) -> io::Result<()> {
        // Behind a worker that broke down, the reader may wait for a place that nobody leaves.
        drop(self.reports);
        self.room.close();
        match self.reader.join() {
            Ok(Ok(read)) if read == self.taken => Ok(()),
            Ok(Err(error)) => Err(error),
            Ok(Ok(_)) | Err(_) => Err(io::Error::other("a thread of botiquette broke down")),
        }
    }
}

fn wait<T>(queue: &Receiver<T>, idle: &mut dyn FnMut() -> io::Result<()>) -> io::Result<Option<T>> {
    match queue.try_recv() {
        Ok(item) => Ok(Some(item)),
        Err(TryRecvError::Disconnected) => Ok(None),
        Err(TryRecvError::Empty) => {
            idle()?;
            Ok(queue.recv().ok())
        }
    }
}

/// Reads to the end, or until nobody wants more. Returns for how many lines a report is promised.
fn read_all(
    mut input: impl BufRead,
    done: &Numbers,
    to_do: &SyncSender<Job>,
    promises: &Promises,
    room: &Room,
) -> io::Result<u64> {
    let (mut number, mut promised) = (0, 0);
    while let Some(line) = next(&mut input, LONGEST)? {
        number += 1;
        if done.contains(number) || is_blank(&line.bytes) {
            continue;
        }
        let bytes = line.bytes.len();
        room.enter(bytes);
        promised += 1;
        let reply = match promises {
            Promises::AsDone(reply) => reply.clone(),
            Promises::InOrder(promises) => {
                let (reply, promise) = sync_channel(1);
                if promises.send(promise).is_err() {
                    break;
                }
                reply
            }
        };
        if to_do.send(Job { line: Numbered { number, line }, bytes, reply }).is_err() {
            break;
        }
    }
    Ok(promised)
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn work_on(jobs: &Mutex<Receiver<Job>>, work: &Work) {
    // The library would share out the files of a project among all cores; here each core has a project of its own.
    let _alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { line, bytes, reply }) = job else { return };
        if reply.send((work.report(line, work.wish()), bytes)).is_err() {
            return;
        }
    }
}

/// How many bytes are on their way.
#[derive(Default)]
struct Room {
    held: Mutex<Held>,
    left: Condvar,
}

#[derive(Default)]
struct Held {
    bytes: usize,
    is_closed: bool,
}

impl Room {
    /// Waits until there is room; a line that is larger than all waits until it is alone.
    fn enter(&self, bytes: usize) {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = |held: &mut Held| {
            !held.is_closed && held.bytes > 0 && held.bytes.saturating_add(bytes) > MOST_BYTES
        };
        let mut held = self.left.wait_while(held, is_full).unwrap_or_else(PoisonError::into_inner);
        held.bytes = held.bytes.saturating_add(bytes);
    }

    fn leave(&self, bytes: usize) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes = held.bytes.saturating_sub(bytes);
        drop(held);
        self.left.notify_all();
    }

    fn close(&self) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.left.notify_all();
    }
}
